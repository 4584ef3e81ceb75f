// Receives traces from the app and shows them on a page that only this machine can open. For development only.
import { readFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { readSpans } from './spans.ts';
import { createTraces, type Trace } from './traces.ts';

interface ViewerOptions {
  readonly port: number;
  /** The address of the app, shown on the page. */
  readonly app: string;
  onTrace(trace: Trace): void;
}

const files: Readonly<Record<string, readonly [file: string, type: string]>> = {
  '/': ['page.html', 'text/html'],
  '/page.css': ['page.css', 'text/css'],
  '/page.js': ['page.js', 'text/javascript'],
};
const headers = {
  'content-security-policy': "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'",
  'x-content-type-options': 'nosniff',
  'cache-control': 'no-store',
};
const mostBytes = 4_000_000;

/** Starts the viewer on this machine alone. */
export async function startViewer({ port, app, onTrace }: ViewerOptions): Promise<{ url: string; close(): void }> {
  const traces = createTraces();
  const pages = new Set<ServerResponse>();
  const server = createServer((req, res) => {
    answer(req, res).catch(() => res.writeHead(400).end());
  });

  async function answer(req: IncomingMessage, res: ServerResponse): Promise<void> {
    const { pathname } = new URL(req.url ?? '/', 'http://viewer');
    const file = files[pathname];
    if (!isOurs(req)) res.writeHead(403).end('This page is for this machine only.');
    else if (req.method === 'POST') await receive(req, res, pathname);
    else if (pathname === '/events') follow(res);
    else if (file) await sendFile(res, file);
    else res.writeHead(404).end();
  }

  async function receive(req: IncomingMessage, res: ServerResponse, pathname: string): Promise<void> {
    if (req.headers['content-type'] !== 'application/json') return void res.writeHead(415).end();
    const body = await readBody(req);
    if (body === undefined) return void res.writeHead(413).end();
    const changed = pathname === '/v1/traces' ? traces.add(readSpans(body)) : [];
    for (const trace of changed) show(trace);
    res.writeHead(200, { 'content-type': 'application/json' }).end('{}');
  }

  function show(trace: Trace): void {
    onTrace(trace);
    for (const page of pages) page.write(message('trace', trace));
  }

  /** Sends all that is known, then whatever comes. */
  function follow(res: ServerResponse): void {
    res.writeHead(200, { ...headers, 'content-type': 'text/event-stream' });
    res.write(message('hello', { app }));
    for (const trace of traces.all()) res.write(message('trace', trace));
    pages.add(res);
    res.once('close', () => pages.delete(res));
  }

  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${port}`,
    close() {
      server.close();
      server.closeAllConnections();
    },
  };
}

/** Refuses other names for this machine: a web page could use one to read traces (DNS rebinding). */
function isOurs({ headers: { host = '' } }: IncomingMessage): boolean {
  return /^(localhost|127\.0\.0\.1)(:\d+)?$/.test(host);
}

/** Undefined where there is more than this program wants to hold. */
async function readBody(req: IncomingMessage): Promise<string | undefined> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of req as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > mostBytes) return undefined;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString();
}

async function sendFile(res: ServerResponse, [file, type]: readonly [string, string]): Promise<void> {
  const content = await readFile(new URL(file, import.meta.url));
  res.writeHead(200, { ...headers, 'content-type': `${type}; charset=utf-8` }).end(content);
}

function message(event: string, data: unknown): string {
  return `event: ${event}\ndata: ${JSON.stringify(data)}\n\n`;
}
