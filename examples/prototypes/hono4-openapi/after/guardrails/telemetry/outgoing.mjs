// Records every call to another service as a part of the request that made it, and hands the trace on to that service.
import { subscribe } from 'node:diagnostics_channel';
import { context, propagation, SpanKind, SpanStatusCode, trace } from '@opentelemetry/api';
import { isTracingSuppressed } from '@opentelemetry/core';
import { shownPath } from './path.mjs';

const tracer = trace.getTracer('outgoing');
const spans = new WeakMap();

/** Call it once. Names and attributes follow the OpenTelemetry conventions for HTTP clients. */
export function traceOutgoingCalls() {
  listen('undici:request:create', (request) => {
    begin(request, request.method, new URL(request.path, request.origin), (name, value) =>
      request.addHeader(name, value),
    );
  });
  listen('undici:request:headers', (request, { response }) => {
    answered(spans.get(request), response.statusCode);
  });
  listen('undici:request:trailers', (request) => spans.get(request)?.end());
  listen('undici:request:error', (request, { error }) => failed(spans.get(request), error));

  // The first of the two is there since Node 22.12, early enough to hand the trace on.
  for (const moment of ['created', 'start'])
    listen(`http.client.request.${moment}`, (request) => {
      const url = new URL(request.path, `${request.protocol}//${String(request.getHeader('host') ?? request.host)}`);
      begin(request, request.method, url, (name, value) => request.headersSent || request.setHeader(name, value));
    });
  listen('http.client.response.finish', (request, { response }) => {
    answered(spans.get(request), response.statusCode ?? 0);
    spans.get(request)?.end();
  });
  listen('http.client.request.error', (request, { error }) => failed(spans.get(request), error));
}

/** What goes wrong in here is never the app's to feel. */
function listen(channel, tell) {
  subscribe(channel, (message) => {
    try {
      tell(message.request, message);
    } catch {
      // A call that cannot be described is left out of the trace.
    }
  });
}

/** Without what stands behind the question mark: there the keys of other services travel. Calls of no request are left out. */
function begin(request, method, url, header) {
  if (!trace.getActiveSpan() || isTracingSuppressed(context.active()) || spans.has(request)) return;
  const path = shownPath(url.pathname);
  const attributes = {
    'http.request.method': method,
    'server.address': url.hostname,
    'server.port': Number(url.port || (url.protocol === 'https:' ? 443 : 80)),
    'url.full': `${url.protocol}//${url.host}${path}`,
  };
  const span = tracer.startSpan(method, { kind: SpanKind.CLIENT, attributes });
  spans.set(request, span);
  const headers = {};
  propagation.inject(trace.setSpan(context.active(), span), headers);
  for (const [name, value] of Object.entries(headers)) header(name, value);
}

function answered(span, status) {
  span?.setAttribute('http.response.status_code', status);
  if (status >= 400) span?.setAttribute('error.type', String(status)).setStatus({ code: SpanStatusCode.ERROR });
}

/** The message is left out: some name the address with its query. */
function failed(span, { name }) {
  span?.setAttribute('error.type', name).setStatus({ code: SpanStatusCode.ERROR });
  span?.end();
}
