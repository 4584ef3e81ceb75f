// Writes down every answer that a test gets over HTTP, so that route-coverage.ts can tell which routes no test has used.
import { subscribe } from 'node:diagnostics_channel';
import { appendFileSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { expect } from 'vitest';

const hits = process.env['ROUTE_HITS'];

if (hits !== undefined) {
  const urls = new WeakMap<IncomingMessage, string | undefined>();
  subscribe('http.server.request.start', (message) => {
    const { request } = message as { readonly request: IncomingMessage };
    urls.set(request, request.url?.split('?')[0]);
  });
  subscribe('http.server.response.finish', (message) => {
    const { request, response } = message as { readonly request: IncomingMessage; readonly response: ServerResponse };
    const hit = {
      method: request.method,
      path: urls.get(request),
      status: response.statusCode,
      test: expect.getState().testPath,
    };
    appendFileSync(hits, `${JSON.stringify(hit)}\n`);
  });
}
