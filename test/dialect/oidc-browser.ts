import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { ask, type Heard, type Prototype, type Stack, type Started } from './prototype.ts';

/** Who may call what in the prototypes; two routes are for everybody. */
export function accessFor(stack: Stack): Record<string, string> {
  const common = {
    'GET /api/notes': "'user'",
    'POST /api/notes': "'user'",
    'GET /api/notes/:id': "'user'",
    'GET /api/notes/:id/tags': "'user'",
    'DELETE /api/notes/:id/tags': "anyOf('admin')",
    'GET /api/team/:team/inner/people': "'user'",
    'GET /health': "open('asked for by the load balancer')",
    'GET /echo/:word': "'user'",
    'GET /broken': "'user'",
    'GET /late': "'user'",
  };
  if (stack === 'fastify') return { ...common, 'ALL /proxy/*': "'user'", 'GET /app*': "'user'", 'GET /*': "'user'" };
  if (stack === 'hono') return { ...common, 'ALL /proxy/*': "'user'", 'GET /app/*': "'user'" };
  const folders = { 'USE /': "'user'", 'USE /app/files': "'user'", 'USE /docs': "'user'", 'USE /proxy': "'user'" };
  return { ...common, ...folders, 'GET  /^\\/app/': "'user'" };
}

/** A sign-in service that a prototype has brought along, running. */
export interface Issuer {
  readonly url: string;
  readonly output: string;
  stop(): Promise<unknown>;
}

/** Starts it as its usage says. Fails with what it said when it ends instead. */
export async function startIssuer(
  { folder, dialect }: Prototype,
  node: string,
  env: Record<string, string> = {},
): Promise<Issuer> {
  const port = await freePort();
  const child = spawn(node, [`guardrails/local-issuer.${dialect}`, String(port)], { cwd: folder, env });
  const output = await outputOf(child);
  const ended = once(child, 'exit');
  const stop = (): Promise<unknown> => {
    child.kill('SIGKILL');
    return ended;
  };
  return { url: `http://127.0.0.1:${port}`, output, stop };
}

function outputOf(child: ChildProcess): Promise<string> {
  let output = '';
  return new Promise((resolve, reject) => {
    const hear = (chunk: Buffer): void => {
      output += chunk.toString('utf8');
      if (output.includes('A token for a program')) resolve(output);
    };
    child.stdout?.on('data', hear);
    child.stderr?.on('data', hear);
    child.once('exit', (code) => reject(new Error(`ended with ${code}: ${output}`)));
  });
}

/** A port that nobody listens on. */
export async function freePort(): Promise<number> {
  const server = createServer();
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const { port } = server.address() as AddressInfo;
  await new Promise((done) => server.close(done));
  return port;
}

/** Keeps cookies, as a browser does for one site. */
export class Browser {
  readonly cookies = new Map<string, string>();
  readonly #app: Started;

  constructor(app: Started) {
    this.#app = app;
  }

  async open(path: string): Promise<Heard> {
    return this.#heard(await ask(this.#app, `GET ${path}`, { accept: 'text/html', ...this.#cookie() }));
  }

  async send(line: string, headers: Record<string, string> = {}, body?: string): Promise<Heard> {
    const origin = `http://127.0.0.1:${this.#app.port}`;
    return this.#heard(await ask(this.#app, line, { origin, ...this.#cookie(), ...headers }, body));
  }

  /** Follows the redirect to the sign-in service and picks somebody there; gives the path of the app it is sent back to. */
  async pick(location: string | undefined, email: string, roles = ''): Promise<string> {
    const headers = { 'content-type': 'application/x-www-form-urlencoded', origin: new URL(location ?? '').origin };
    const body = new URLSearchParams({ email, roles });
    const answer = await fetch(location ?? '', { method: 'POST', headers, body, redirect: 'manual' });
    const back = new URL(answer.headers.get('location') ?? '');
    if (back.port !== String(this.#app.port)) throw new Error(`sent to ${back.href}`);
    return back.pathname + back.search;
  }

  /** Signs somebody in, from the page that leads there to the page that was asked for. */
  async signIn(email: string, roles = '', path = '/echo/back'): Promise<Heard> {
    const started = await this.open(`/sign-in?next=${encodeURIComponent(path)}`);
    return this.open(await this.pick(started.headers.location, email, roles));
  }

  #cookie(): Record<string, string> {
    const cookie = [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    return cookie === '' ? {} : { cookie };
  }

  #heard(answer: Heard): Heard {
    for (const line of answer.headers['set-cookie'] ?? []) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
      if (/; Max-Age=0/.test(line)) this.cookies.delete(name);
      else this.cookies.set(name, value);
    }
    return answer;
  }
}
