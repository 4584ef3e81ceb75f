import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { request, type IncomingHttpHeaders } from 'node:http';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { inDialect, type Dialect } from '../../src/dialect/dialect.ts';
import { guardFilesIn, type Kit } from '../../src/dialect/kit.ts';
import { allParts } from '../../src/dialect/parts.ts';
import { inputs } from '../support/answers.ts';

/** A framework as prototypes use it: some have two majors in the wild. */
export type Stack =
  'express-4' | 'express-5' | 'fastify' | 'fastify-3' | 'fastify-4' | 'hono' | 'koa-2' | 'koa-3' | 'node-http';

/** A prototype in a folder of its own, in the module system of its owner. */
export interface Prototype {
  readonly folder: string;
  readonly dialect: Dialect;
}

const root = realpathSync(mkdtempSync(join(tmpdir(), 'shipshape-dialect-')));
const running = new Set<ChildProcess>();

/** Ends what was started, and removes all folders. */
export function cleanUp(): void {
  for (const child of running) child.kill('SIGKILL');
  rmSync(root, { recursive: true, force: true });
}

export function frameworkOf(stack: Stack): Kit['framework'] {
  return stack.replace(/^(fastify)-\d$/, '$1-old').replace(/-\d$/, '') as Kit['framework'];
}

/** These prototypes do not serve the folder that their own code lies in. */
const usual = new Set([...allParts].filter((part) => part !== 'private'));

/** Writes a prototype; without a table its guard does nothing. Other files come in place of its own, or beside them. */
export function writePrototype(
  name: string,
  stack: Stack,
  dialect: Dialect,
  access?: Kit['access'],
  options: Partial<Kit> = {},
  others: Readonly<Record<string, string>> = {},
): Prototype {
  const folder = join(root, `${name}-${stack}-${dialect}`);
  const framework = frameworkOf(stack);
  const files = new Map([
    ['docs/paper.txt', 'a paper\n'],
    ['public/index.html', '<h1>The prototype</h1>\n'],
    ['public/style.css', 'h1 { color: teal; }\n'],
    ['package.json', '{ "name": "prototype" }\n'],
  ]);
  for (const file of ['server', 'routes'])
    files.set(
      `${file}.${dialect}`,
      inDialect(readFileSync(`test/dialect/prototypes/${stack.replace(/-\d$/, '')}/${file}.js`, 'utf8'), dialect),
    );
  const guards = access
    ? guardFilesIn(dialect, { framework, parts: usual, identity: 'password', access, ...options }, inputs.templates)
    : new Map([[`index.${dialect}`, inDialect('export function guard() {}\n', dialect)]]);
  for (const [path, text] of guards) files.set(`guardrails/${path}`, text);
  for (const [path, text] of Object.entries(others)) files.set(path, text);
  for (const [path, text] of files) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  lendPackages(folder, stack);
  return { folder, dialect };
}

const koa = { 'koa-mount': 'node_modules/koa-mount', 'koa-static': 'node_modules/koa-static' };

/** Stacks that the workbench does not have, by package. */
const lent: Partial<Record<Stack, Readonly<Record<string, string>>>> = {
  'express-4': { express: 'node_modules/express-4' },
  'fastify-3': { fastify: 'node_modules/fastify-3' },
  'fastify-4': { fastify: 'node_modules/fastify-4' },
  'node-http': {},
  'koa-2': { koa: 'node_modules/koa-2', '@koa/router': 'node_modules/koa-router-7', ...koa },
  'koa-3': { koa: 'node_modules/koa', '@koa/router': 'node_modules/@koa/router', ...koa },
};

function lendPackages(folder: string, stack: Stack): void {
  const bench = resolve('test/workbench/node_modules');
  const own = lent[stack];
  if (!own) return symlinkSync(bench, join(folder, 'node_modules'));
  const guards = ['better-auth', '@better-auth', 'jose', 'openid-client'].map((name) => [name, join(bench, name)]);
  for (const [name = '', from = ''] of [...Object.entries(own), ...guards]) {
    const place = join(folder, 'node_modules', name);
    mkdirSync(dirname(place), { recursive: true });
    symlinkSync(realpathSync(from), place);
  }
}

/** Adds somebody who may sign in, by the script that the project has for it. */
export function addUser(
  prototype: Prototype,
  node: string,
  email: string,
  password: string,
  ...roles: string[]
): string {
  return runGuardProgram(prototype, node, 'add-user', [email, ...roles], { NEW_PASSWORD: password });
}

/** Runs a program of the guards in the folder of the app, and gives what it said. */
export function runGuardProgram(
  { folder, dialect }: Prototype,
  node: string,
  name: string,
  words: readonly string[],
  env: Record<string, string> = {},
): string {
  const { stdout, stderr } = spawnSync(node, [`guardrails/${name}.${dialect}`, ...words], {
    cwd: folder,
    encoding: 'utf8',
    env,
  });
  return stdout + stderr;
}

export interface Started {
  readonly port: number;
  readonly output: () => string;
  stop(): Promise<number | null>;
}

/** Starts a prototype on a free port. Fails with what it said when it ends instead. */
export function start(
  { folder, dialect }: Prototype,
  node: string,
  env: Record<string, string> = {},
  words: readonly string[] = [`server.${dialect}`],
): Promise<Started> {
  const child = spawn(node, words, { cwd: folder, env: { PORT: '0', ...env } });
  running.add(child);
  let output = '';
  const ended = new Promise<number | null>((done) => child.once('exit', done));
  const stop = (): Promise<number | null> => {
    child.kill('SIGTERM');
    return ended;
  };
  return new Promise((resolveStarted, reject) => {
    const hear = (chunk: Buffer): void => {
      output += chunk.toString('utf8');
      const port = /^ready on (\d+)$/m.exec(output)?.[1];
      if (port !== undefined) resolveStarted({ port: Number(port), output: () => output, stop });
    };
    child.stdout.on('data', hear);
    child.stderr.on('data', hear);
    child.once('exit', (code) => {
      running.delete(child);
      reject(new Error(`ended with ${code}: ${output}`));
    });
  });
}

export interface Heard {
  readonly status: number;
  readonly body: string;
  readonly headers: IncomingHttpHeaders;
}

/** Asks as plainly as can be: what is given goes over the wire as it is, no redirect is followed. */
export function ask(
  { port }: Started,
  line: string,
  headers: Record<string, string> = {},
  body?: string,
): Promise<Heard> {
  const [method = '', path = ''] = line.split(' ');
  return new Promise((resolveHeard, reject) => {
    const sent = request(
      { host: '127.0.0.1', port, method, path, headers: { connection: 'close', ...headers } },
      (response) => {
        let text = '';
        response.on('data', (chunk: Buffer) => (text += chunk.toString('utf8')));
        response.on('end', () =>
          resolveHeard({ status: response.statusCode ?? 0, body: text, headers: response.headers }),
        );
        response.on('error', reject);
      },
    );
    sent.on('upgrade', (response, socket) => {
      socket.destroy();
      resolveHeard({ status: response.statusCode ?? 0, body: '', headers: response.headers });
    });
    sent.on('error', reject);
    sent.end(body);
  });
}
