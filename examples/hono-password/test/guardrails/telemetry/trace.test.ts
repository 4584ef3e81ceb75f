// Every request leaves a trace that says which route it was, how it ended and whom it called, and the log points to it.
import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Span } from '../../../scripts/trace-viewer/spans.ts';
import { startCollector } from './collector.ts';
import { runApp } from './run-app.ts';

const collector = await startCollector();
const callerTrace = '0af7651916cd43dd8448eb211c80319c';
const callerSpan = 'b7ad6b7169203331';
const secretWords = ['correct-horse-battery', 'tok_live_4242', 'session-9f8e7d'];

let outgoing: IncomingHttpHeaders = {};
let ratesWork = true;
const rates = createServer((req, res) => {
  outgoing = req.headers;
  res.writeHead(ratesWork ? 200 : 503).end(JSON.stringify({ rates: { USD: 1.1 } }));
}).listen(0, '127.0.0.1');

let spans: Span[] = [];
let logLines: Record<string, unknown>[] = [];
let output = '';
let requestId: string | null = null;

// One run of the app: first the requests, then the end of the app, which sends what is left.
beforeAll(async () => {
  const app = await runApp({
    OTEL_EXPORTER_OTLP_ENDPOINT: collector.url,
    RATES_URL: `http://127.0.0.1:${(rates.address() as AddressInfo).port}`,
  });
  const credentials = Object.values(app.headers).flatMap((value) => value.match(/[\w.~%+/-]{20,}/g) ?? []);
  secretWords.push(...credentials);
  const lunch = { amount: 12.5, currency: 'EUR', description: 'Lunch' };
  const { id } = (await (await app.post('/expenses', lunch)).json()) as { id: string };
  const path = `/expenses/${id}/in/USD`;
  const answer = await app.get(`${path}?access_token=${secretWords[1]}`, {
    traceparent: `00-${callerTrace}-${callerSpan}-01`,
  });
  requestId = answer.headers.get('x-request-id');
  ratesWork = false;
  await app.get(path);
  await app.get('/nowhere', { authorization: `Bearer ${secretWords[1]}`, cookie: `session=${secretWords[2]}` });
  await app.post('/expenses', { password: secretWords[0], token: secretWords[1] });
  await app.stop();
  ({ spans, logLines, output } = { spans: collector.spans(), logLines: app.logLines(), output: app.output() });
}, 30_000);
afterAll(() => {
  collector.stop();
  rates.close();
});

const route = 'GET /expenses/:id/in/:currency';
const requests = (): Span[] => spans.filter(({ kind }) => kind === 'server');
const serverSpans = (name: string): Span[] => requests().filter((span) => span.name === name);
const requestLines = (): Record<string, unknown>[] => logLines.filter(({ msg }) => msg === 'request');

test('a request is named after its route, never after its address', () => {
  expect(serverSpans('POST /expenses')).toHaveLength(2);
  expect(serverSpans(route)).toHaveLength(2);
  expect(spans.map(({ name }) => name).join()).not.toMatch(/[0-9a-f]{8}-/);
  expect(serverSpans(route)[0]?.attributes).toMatchObject({
    'http.request.method': 'GET',
    'http.route': '/expenses/:id/in/:currency',
    'http.response.status_code': '200',
    'server.address': '127.0.0.1',
    'url.path': expect.stringMatching(/^\/expenses\/.+\/in\/USD$/),
    'url.scheme': 'http',
  });
});

test('traces say which app they come from', () => {
  expect(new Set(spans.map(({ service }) => service))).toEqual(new Set([expect.stringMatching(/./)]));
  expect(collector.everything()).toContain('service.version');
  expect(collector.everything()).toContain('deployment.environment.name');
});

test("the caller's trace is continued, and handed on to the services that are called", () => {
  const [server] = serverSpans(route);
  expect(server).toMatchObject({ traceId: callerTrace, parent: callerSpan });
  const calls = spans.filter(({ kind, attributes }) => kind === 'client' && attributes['url.path'] === '/latest');
  expect(calls).toMatchObject([
    { traceId: callerTrace, parent: server?.id, name: 'GET', attributes: { 'http.response.status_code': '200' } },
    { error: true, attributes: { 'http.response.status_code': '503' } },
  ]);
  expect(JSON.stringify(calls)).not.toContain('base=EUR');
  expect(outgoing.traceparent).toBeDefined();
});

test('a failure is an error with its exception; a refusal is not', () => {
  const failed = serverSpans(route).find(({ error }) => error);
  expect(failed?.attributes).toMatchObject({ 'http.response.status_code': '500', 'error.type': '500' });
  expect(failed?.events[0]?.attributes['exception.message']).toContain('503');
  expect(spans.find(({ attributes }) => attributes['url.path'] === '/nowhere')).toMatchObject({
    name: 'GET',
    error: false,
  });
});

test('how long requests take is measured, without anything that could be different for every caller', () => {
  const histogram = collector.metrics().findLast(({ name }) => name === 'http.server.request.duration');
  expect(histogram?.unit).toBe('s');
  const points = histogram?.histogram?.dataPoints ?? [];
  const names = new Set(points.flatMap(({ attributes }) => attributes.map(({ key }) => key)));
  expect(points[0]?.explicitBounds).toEqual([
    0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5, 7.5, 10,
  ]);
  expect(points.reduce((sum, { count }) => sum + count, 0)).toBe(requests().length);
  expect([...names].toSorted()).toEqual([
    'error.type',
    'http.request.method',
    'http.response.status_code',
    'http.route',
    'url.scheme',
  ]);
});

test('each request has one line in the log, which leads to its trace', () => {
  expect(requestLines()).toHaveLength(requests().length);
  const [server] = serverSpans(route);
  expect(requestLines().filter(({ trace_id: trace }) => trace === callerTrace)).toMatchObject([
    {
      level: 'info',
      method: 'GET',
      route: '/expenses/:id/in/:currency',
      status: 200,
      duration_ms: expect.any(Number),
      request_id: requestId,
      span_id: server?.id,
    },
  ]);
  const traced = new Set(spans.map(({ traceId }) => traceId));
  expect(requestLines().filter(({ trace_id: trace }) => !traced.has(String(trace)))).toEqual([]);
});

test('no password, token or cookie is in the log or in a trace', () => {
  for (const secret of secretWords) {
    expect(output).not.toContain(secret);
    expect(collector.everything()).not.toContain(secret);
  }
});
