// Records every call to another service as a part of the request that made it, and hands the trace on to that service.
import { subscribe } from 'node:diagnostics_channel';
import type { ClientRequest, IncomingMessage } from 'node:http';
import { type Attributes, context, propagation, type Span, SpanKind, SpanStatusCode, trace } from '@opentelemetry/api';
import { isTracingSuppressed } from '@opentelemetry/core';
import { shownPath } from './path.ts';

/** What Node tells of a `fetch` on the channels `undici:request:*`. */
interface Fetch {
  readonly method: string;
  readonly origin: string;
  readonly path: string;
  addHeader(name: string, value: string): void;
}

interface Told {
  readonly request: unknown;
  readonly response: unknown;
  readonly error: Error;
}

const tracer = trace.getTracer('outgoing');
const spans = new WeakMap<object, Span>();

/** Call it once. Names and attributes follow the OpenTelemetry conventions for HTTP clients. */
export function traceOutgoingCalls(): void {
  listen<Fetch>('undici:request:create', (request) => {
    begin(request, request.method, new URL(request.path, request.origin), (name, value) =>
      request.addHeader(name, value),
    );
  });
  listen<Fetch>('undici:request:headers', (request, { response }) => {
    answered(spans.get(request), (response as { statusCode: number }).statusCode);
  });
  listen<Fetch>('undici:request:trailers', (request) => spans.get(request)?.end());
  listen<Fetch>('undici:request:error', (request, { error }) => failed(spans.get(request), error));

  // The first of the two is there since Node 22.12, early enough to hand the trace on.
  for (const moment of ['created', 'start'])
    listen<ClientRequest>(`http.client.request.${moment}`, (request) => {
      const url = new URL(request.path, `${request.protocol}//${String(request.getHeader('host') ?? request.host)}`);
      begin(request, request.method, url, (name, value) => request.headersSent || request.setHeader(name, value));
    });
  listen<ClientRequest>('http.client.response.finish', (request, { response }) => {
    answered(spans.get(request), (response as IncomingMessage).statusCode ?? 0);
    spans.get(request)?.end();
  });
  listen<ClientRequest>('http.client.request.error', (request, { error }) => failed(spans.get(request), error));
}

/** What goes wrong in here is never the app's to feel. */
function listen<Request extends object>(channel: string, tell: (request: Request, told: Told) => void): void {
  subscribe(channel, (message) => {
    try {
      tell((message as Told).request as Request, message as Told);
    } catch {
      // A call that cannot be described is left out of the trace.
    }
  });
}

/** Without what stands behind the question mark: there the keys of other services travel. Calls of no request are left out. */
function begin(request: object, method: string, url: URL, header: (name: string, value: string) => unknown): void {
  if (!trace.getActiveSpan() || isTracingSuppressed(context.active()) || spans.has(request)) return;
  const path = shownPath(url.pathname);
  const attributes: Attributes = {
    'http.request.method': method,
    'server.address': url.hostname,
    'server.port': Number(url.port || (url.protocol === 'https:' ? 443 : 80)),
    'url.full': `${url.protocol}//${url.host}${path}`,
  };
  const span = tracer.startSpan(method, { kind: SpanKind.CLIENT, attributes });
  spans.set(request, span);
  const headers: Record<string, string> = {};
  propagation.inject(trace.setSpan(context.active(), span), headers);
  for (const [name, value] of Object.entries(headers)) header(name, value);
}

function answered(span: Span | undefined, status: number): void {
  span?.setAttribute('http.response.status_code', status);
  if (status >= 400) span?.setAttribute('error.type', String(status)).setStatus({ code: SpanStatusCode.ERROR });
}

/** The message is left out: some name the address with its query. */
function failed(span: Span | undefined, { name }: Error): void {
  span?.setAttribute('error.type', name).setStatus({ code: SpanStatusCode.ERROR });
  span?.end();
}
