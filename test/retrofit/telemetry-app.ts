import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import telemetry from '../../src/guardrails/telemetry/retrofit.ts';
import { drafting, type Files } from './tests-scene.ts';

const root = realpathSync(mkdtempSync(join(tmpdir(), 'shipshape-telemetry-')));
const running = new Set<ChildProcess>();

/** Ends what was started, and removes all folders. */
export function cleanUp(): void {
  for (const child of running) child.kill('SIGKILL');
  rmSync(root, { recursive: true, force: true });
}

let count = 0;

/** Writes a project into a folder of its own, as it is and with telemetry. `lent` are packages by name, with where they lie. */
export async function beforeAndAfter(files: Files, lent: Readonly<Record<string, string>>) {
  const { files: after } = await drafting(files, telemetry);
  return { before: written(files, lent), after: written(after, lent) };
}

function written(files: Files, lent: Readonly<Record<string, string>>): string {
  const folder = join(root, String(count++));
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  for (const [name, from] of Object.entries({ '@opentelemetry': bench('@opentelemetry'), ...lent })) {
    mkdirSync(dirname(join(folder, 'node_modules', name)), { recursive: true });
    symlinkSync(realpathSync(from), join(folder, 'node_modules', name));
  }
  return folder;
}

/** Where the workbench, or we ourselves, have a package. */
export function bench(name: string): string {
  return [resolve('test/workbench/node_modules', name), resolve('node_modules', name)].find((path) =>
    existsSync(path),
  )!;
}

export interface Span {
  readonly name: string;
  readonly kind: number;
  readonly traceId: string;
  readonly parentSpanId?: string;
  readonly attributes: Readonly<Record<string, string | number>>;
  readonly service: string;
}

interface Value {
  readonly key: string;
  readonly value: { readonly stringValue?: string; readonly intValue?: number };
}

interface Sent {
  readonly resourceSpans: readonly {
    readonly resource: { readonly attributes: readonly Value[] };
    readonly scopeSpans: readonly { readonly spans: readonly (Omit<Span, 'attributes'> & { attributes: Value[] })[] }[];
  }[];
}

/** A collector on the loopback address. */
export async function openCollector() {
  const bodies: string[] = [];
  const server = createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', () => {
      bodies.push(Buffer.concat(parts).toString('utf8'));
      response.writeHead(200, { 'content-type': 'application/json' }).end('{}');
    });
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    /** Everything that came since it was last asked. */
    take: () => {
      const text = bodies.splice(0);
      return { text: text.join('\n'), spans: text.flatMap(spansIn) };
    },
    close: () => void server.close(),
  };
}

function spansIn(body: string): Span[] {
  return (JSON.parse(body) as Sent).resourceSpans.flatMap(({ resource, scopeSpans }) =>
    scopeSpans.flatMap(({ spans }) =>
      spans.map((span) => ({
        ...span,
        attributes: plain(span.attributes),
        service: String(plain(resource.attributes)['service.name']),
      })),
    ),
  );
}

function plain(values: readonly Value[]): Record<string, string | number> {
  return Object.fromEntries(values.map(({ key, value }) => [key, value.stringValue ?? value.intValue ?? '']));
}

/** What a run of the start script was like. */
export interface Run {
  readonly out: string;
  readonly error: string;
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly statuses: readonly number[];
}

export interface Runs {
  readonly node: string;
  readonly environment?: Readonly<Record<string, string>>;
  readonly ask?: readonly string[];
  readonly end?: NodeJS.Signals;
}

/** Starts a project as its start script says, asks it, and tells it to stop. */
export async function run(
  folder: string,
  start: string,
  { node, environment = {}, ask = [], end = 'SIGTERM' }: Runs,
): Promise<Run> {
  const [program = '', ...words] = start.split(' ');
  const child = spawn(program === 'node' ? node : program, words, {
    cwd: folder,
    env: { PATH: `${dirname(node)}:${resolve('node_modules/.bin')}:${process.env['PATH'] ?? ''}`, ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  running.add(child);
  let [out, error] = ['', ''];
  child.stderr.on('data', (chunk: Buffer) => (error += chunk.toString('utf8')));
  const ended = once(child, 'close') as Promise<[number | null, NodeJS.Signals | null]>;
  const port = await new Promise<string>((ready, fail) => {
    child.stdout.on('data', (chunk: Buffer) => {
      out += chunk.toString('utf8');
      const [, found] = /^ready on (\d+)$/m.exec(out) ?? [];
      if (found !== undefined) ready(found);
    });
    void ended.then(() => fail(new Error(`it ended: ${out}${error}`)));
  });
  const statuses: number[] = [];
  for (const path of ask) {
    const answer = await fetch(`http://127.0.0.1:${port}${path}`, {
      headers: { connection: 'close', traceparent: '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01' },
    });
    await answer.text();
    statuses.push(answer.status);
  }
  child.kill(end);
  const [code, signal] = await ended;
  running.delete(child);
  return { out: out.replace(/^ready on \d+$/m, 'ready'), error, code, signal, statuses };
}
