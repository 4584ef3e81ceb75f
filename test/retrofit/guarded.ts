import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { inDialect, type Dialect } from '../../src/dialect/dialect.ts';
import { guardFilesIn, type Kit } from '../../src/dialect/kit.ts';
import { addUser, ask, type Prototype, type Started } from '../dialect/prototype.ts';
import { inputs } from '../support/answers.ts';
import { usersNode } from '../support/users-node.ts';

const bench = resolve('test/workbench/node_modules');
const own = resolve('node_modules');

/** A framework with the packages that its prototypes import: the name that they know, and where it lies. */
export interface Stack {
  readonly stack: string;
  readonly framework: Extract<Kit['framework'], 'express' | 'fastify' | 'hono'>;
  readonly packages: Readonly<Record<string, string>>;
}

const sockets = { ws: join(own, 'ws'), 'socket.io': join(own, 'socket.io') };

export const stacks: readonly Stack[] = [
  { stack: 'express-5', framework: 'express', packages: { express: join(bench, 'express'), ...sockets } },
  { stack: 'express-4', framework: 'express', packages: { express: join(own, 'express-4'), ...sockets } },
  {
    stack: 'fastify',
    framework: 'fastify',
    packages: { fastify: join(bench, 'fastify'), '@fastify/websocket': join(own, '@fastify/websocket') },
  },
  {
    stack: 'hono',
    framework: 'hono',
    packages: {
      hono: join(bench, 'hono'),
      '@hono/node-server': join(bench, '@hono/node-server'),
      '@hono/node-ws': join(own, '@hono/node-ws'),
      ws: join(own, 'ws'),
    },
  },
];

/** Each of them in both module systems. */
export const cases = stacks.flatMap((stack) =>
  (['cjs', 'mjs'] as const).map((dialect: Dialect) => ({ ...stack, dialect })),
);

const root = realpathSync(mkdtempSync(join(tmpdir(), 'shipshape-guarded-')));

/** Removes all folders. */
export function removeGuarded(): void {
  rmSync(root, { recursive: true, force: true });
}

/** A guarded app in a folder of its own. */
export interface Guarded extends Stack {
  readonly name: string;
  readonly dialect: Dialect;
  readonly kit: Omit<Kit, 'framework' | 'identity'>;
  /** `server` in the style of ES modules. */
  readonly server: string;
}

/** Writes an app with its guards. */
export function writeGuarded({ name, stack, framework, packages, dialect, kit, server }: Guarded): Prototype {
  const folder = join(root, `${name}-${stack}-${dialect}`);
  const write = (path: string, text: string): void => {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  };
  write('package.json', '{ "name": "prototype" }\n');
  write(`server.${dialect}`, inDialect(server, dialect));
  const files = guardFilesIn(dialect, { ...kit, framework, identity: 'password' }, inputs.templates);
  for (const [path, text] of files) write(`guardrails/${path}`, text);
  for (const [known, place] of Object.entries(packages)) {
    mkdirSync(dirname(join(folder, 'node_modules', known)), { recursive: true });
    symlinkSync(realpathSync(place), join(folder, 'node_modules', known));
  }
  return { folder, dialect };
}

const password = 'a long enough password';

/** Lets people sign in after the next start. */
export function invite(prototype: Prototype, ...emails: readonly string[]): void {
  for (const email of emails) addUser(prototype, usersNode, email, password);
}

/** What the browser of somebody sends who has signed in on a page of the app. */
export async function signIn(app: Started, email: string): Promise<Record<'cookie' | 'origin', string>> {
  const origin = `http://127.0.0.1:${app.port}`;
  const form = new URLSearchParams({ email, password }).toString();
  const headers = { 'content-type': 'application/x-www-form-urlencoded', origin };
  const answer = await ask(app, 'POST /sign-in', headers, form);
  return { cookie: answer.headers['set-cookie']?.[0]?.split(';')[0] ?? '', origin };
}

/** The token of a program that has signed in. */
export async function tokenOf(app: Started, email: string): Promise<string> {
  const headers = { 'content-type': 'application/json' };
  const { body } = await ask(app, 'POST /sign-in', headers, JSON.stringify({ email, password }));
  return (JSON.parse(body) as { token: string }).token;
}
