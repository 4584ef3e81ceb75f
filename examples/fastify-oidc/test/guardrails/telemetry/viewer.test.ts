// The page with the traces shows what the app sends, to this machine only, and remembers no more than it should.
import { request } from 'node:http';
import { afterAll, expect, test } from 'vitest';
import { freePort } from '../../../scripts/trace-viewer/port.ts';
import { startViewer } from '../../../scripts/trace-viewer/server.ts';
import type { Span } from '../../../scripts/trace-viewer/spans.ts';
import { createTraces, type Trace } from '../../../scripts/trace-viewer/traces.ts';
import { drawTrace } from '../../../scripts/trace-viewer/tree.ts';

const shown: Trace[] = [];
const port = await freePort(0);
const viewer = await startViewer({ port, app: 'http://localhost:3000', onTrace: (trace) => shown.push(trace) });
afterAll(() => viewer.close());

const sent = {
  traceId: 'a1',
  spanId: 'b1',
  name: 'GET /things/:id',
  kind: 2,
  startTimeUnixNano: '1700000000000000000',
  endTimeUnixNano: '1700000000012400000',
  attributes: [{ key: 'http.response.status_code', value: { intValue: 200 } }],
};
const message = JSON.stringify({ resourceSpans: [{ scopeSpans: [{ spans: [sent] }] }] });

function send(body: string, type = 'application/json'): Promise<Response> {
  return fetch(`${viewer.url}/v1/traces`, { method: 'POST', headers: { 'content-type': type }, body });
}

function statusFor(host: string): Promise<number | undefined> {
  return new Promise((resolve) => {
    request({ host: '127.0.0.1', port, path: '/events', headers: { host } }, (answer) => {
      resolve(answer.statusCode);
      answer.destroy();
    }).end();
  });
}

test('a trace that is sent is shown', async () => {
  expect((await send(message)).status).toBe(200);
  expect(shown).toMatchObject([{ id: 'a1', spans: [{ name: 'GET /things/:id', kind: 'server', duration: 12.4 }] }]);
  const page = await fetch(viewer.url);
  expect(page.headers.get('content-security-policy')).toContain("default-src 'none'");
  expect(await page.text()).toContain('<title>Traces</title>');
});

test('other web pages can neither read nor send traces', async () => {
  expect(await statusFor('evil.example')).toBe(403);
  expect(await statusFor(`localhost:${port}`)).toBe(200);
  expect((await send(message, 'text/plain')).status).toBe(415);
});

test('what is no trace, or too much, is refused', async () => {
  expect((await send('nonsense')).status).toBe(400);
  expect((await send(`"${'x'.repeat(5_000_000)}"`)).status).toBe(413);
});

const nothing = { parent: undefined, kind: 'internal', service: '', start: 0, duration: 1, error: false } as const;

function span(traceId: string, id: string, more: Partial<Span> = {}): Span {
  return { ...nothing, traceId, id, name: id, attributes: {}, events: [], ...more };
}

test('only the latest traces are kept', () => {
  const traces = createTraces();
  for (let count = 0; count < 1_000; count += 1) traces.add([span(String(count), 'root')]);
  expect(traces.all().map(({ id }) => id)).toEqual(Array.from({ length: 300 }, (_, index) => String(700 + index)));
});

test('the terminal shows a tree that nobody else can steer', () => {
  const child = span('t', 'child \u001b[2J', { parent: 'root', start: 1 });
  const [trace] = createTraces().add([child, span('t', 'root', { duration: 9 })]);
  const lines = drawTrace(trace ?? { id: '', spans: [] }, 60);
  expect(lines).toHaveLength(2);
  expect(lines[1]).toMatch(/└─ .*child .*1\.0 ms/);
  expect(lines.join('')).not.toContain('\u001b[2J');
});
