import http from 'node:http';
import https from 'node:https';

/** One request to a booted app, and what came back. */
export interface Exchange {
  readonly method: string;
  readonly path: string;
  /** Undefined where nothing came back in time. */
  readonly status: number | undefined;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
  /** The beginning of the body. */
  readonly body: string;
}

/** What is asked. */
export interface Question {
  readonly method: string;
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  /** How long an answer may take. */
  readonly milliseconds?: number;
}

const patience = 3_000;
const mostBody = 64_000;

/** Sends one request to the loopback address and reads the answer; redirects are not followed. Never throws. */
export function ask(
  url: string,
  { method, path, headers = {}, body, milliseconds = patience }: Question,
): Promise<Exchange> {
  const { request } = url.startsWith('https:') ? https : http;
  return new Promise((resolve) => {
    const nothing: Exchange = { method, path, status: undefined, headers: {}, body: '' };
    const sent = request(`${url}${path}`, {
      method,
      rejectUnauthorized: false,
      agent: false,
      headers: {
        accept: 'application/json, text/html;q=0.9, */*;q=0.8',
        connection: 'close',
        ...headers,
        ...(body !== undefined && { 'content-length': String(Buffer.byteLength(body)) }),
      },
    });
    const timer = setTimeout(() => sent.destroy(new Error('no answer in time')), milliseconds);
    sent.on('error', () => (clearTimeout(timer), resolve(nothing)));
    // The connection itself is not wanted: that it is given is the answer.
    sent.on('upgrade', ({ statusCode, headers: received }, socket) => {
      clearTimeout(timer);
      socket.destroy();
      resolve({ method, path, status: statusCode, headers: received, body: '' });
    });
    sent.on('response', (response) => {
      let text = '';
      const done = (): void => {
        clearTimeout(timer);
        response.destroy();
        resolve({ method, path, status: response.statusCode, headers: response.headers, body: text });
      };
      response.on('data', (data: Buffer) => {
        text += data.toString('utf8');
        // A stream that never ends has answered with its first piece.
        if (text.length > mostBody || /event-stream/.test(response.headers['content-type'] ?? '')) done();
      });
      response.on('end', done);
      response.on('error', done);
    });
    sent.end(body);
  });
}

/** A path that can be called: `/orders/:id` becomes `/orders/1`. Undefined for a pattern that cannot be filled. */
export function callablePath(path: string): string | undefined {
  const filled = path
    .replaceAll(/:(\w+)(?:\([^)]*\))?[?*+]?/g, '1')
    .replaceAll(/\{\/?([^}]*)\}/g, '')
    .replaceAll(/\*\w*/g, '1');
  return filled.startsWith('/') && /^[\w\-./~%@!$&',;=+]*$/.test(filled) ? filled : undefined;
}
