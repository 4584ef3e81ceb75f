// Records every call to another service (`fetch`) as a part of the request that made it, and hands the trace on to that service.
import { subscribe } from 'node:diagnostics_channel';
import { context, propagation, type Span, SpanKind, SpanStatusCode, trace } from '@opentelemetry/api';
import { redact } from './config.ts';

/** What Node tells of an outgoing request on the channels `undici:request:*`. */
interface Outgoing {
  readonly method: string;
  readonly origin: string;
  readonly path: string;
  addHeader(name: string, value: string): void;
}

interface Told {
  readonly request: Outgoing;
  readonly response: { readonly statusCode: number };
  readonly error: Error;
}

const tracer = trace.getTracer('outgoing-trace');
const spans = new WeakMap<Outgoing, Span>();

/** Call it once. Names and attributes follow the OpenTelemetry conventions for HTTP clients. */
export function traceOutgoingCalls(): void {
  listen('create', ({ request }) => begin(request));
  listen('headers', ({ request, response }) => answered(spans.get(request), response.statusCode));
  listen('trailers', ({ request }) => spans.get(request)?.end());
  listen('error', ({ request, error }) => failed(spans.get(request), error));
}

function listen(event: string, tell: (told: Told) => void): void {
  subscribe(`undici:request:${event}`, (told) => tell(told as Told));
}

/** Without what stands behind the question mark: there the keys of other services travel. Calls of no request are left out. */
function begin(request: Outgoing): void {
  if (!trace.getActiveSpan()) return;
  const { hostname, port, protocol } = new URL(request.origin);
  const path = redact(request.path.split('?')[0] ?? '');
  const attributes = {
    'http.request.method': request.method,
    'server.address': hostname,
    'server.port': Number(port || (protocol === 'https:' ? 443 : 80)),
    'url.full': `${request.origin}${path}`,
    'url.path': path,
  };
  const span = tracer.startSpan(request.method, { kind: SpanKind.CLIENT, attributes });
  spans.set(request, span);
  const headers: Record<string, string> = {};
  propagation.inject(trace.setSpan(context.active(), span), headers);
  for (const [name, value] of Object.entries(headers)) request.addHeader(name, value);
}

function answered(span: Span | undefined, status: number): void {
  span?.setAttribute('http.response.status_code', status);
  if (status >= 400) span?.setAttribute('error.type', String(status)).setStatus({ code: SpanStatusCode.ERROR });
}

function failed(span: Span | undefined, { name, message }: Error): void {
  span?.setAttribute('error.type', name).setStatus({ code: SpanStatusCode.ERROR, message: redact(message) });
  span?.end();
}
