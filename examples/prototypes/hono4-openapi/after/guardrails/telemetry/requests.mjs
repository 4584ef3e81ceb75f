// Records every request that this app answers: which route, how it ended, how long it took. Never a header, a query or a body.
import http from 'node:http';
import https from 'node:https';
import { context, propagation, ROOT_CONTEXT, SpanKind, SpanStatusCode, trace } from '@opentelemetry/api';
import { shownPath } from './path.mjs';
import { routeOf } from './routes.mjs';

// https://opentelemetry.io/docs/specs/semconv/http/http-spans/
const methods = new Set(['CONNECT', 'DELETE', 'GET', 'HEAD', 'OPTIONS', 'PATCH', 'POST', 'PUT', 'QUERY', 'TRACE']);
const tracer = trace.getTracer('requests');
const seen = new WeakSet();

/** Node tells a server of each request by `emit`: whatever the framework, and however it was imported, it passes here. */
export function traceRequests() {
  for (const { prototype } of [http.Server, https.Server]) {
    const emit = prototype.emit;
    Object.assign(prototype, {
      emit(...told) {
        const run = () => Reflect.apply(emit, this, told);
        const [event, req, res] = told;
        return event !== 'request' || seen.has(req) ? run() : traced(req, res, run);
      },
    });
  }
}

/** Continues the caller's trace (`traceparent`) or begins a new one; everything that the request does belongs to it. */
function traced(req, res, run) {
  seen.add(req);
  const caller = propagation.extract(ROOT_CONTEXT, req.headers);
  const attributes = {
    'http.request.method': methodOf(req),
    'url.path': shownPath(req.url),
    'url.scheme': 'encrypted' in req.socket ? 'https' : 'http',
    'server.address': req.headers.host?.replace(/:\d+$/, ''),
  };
  const span = tracer.startSpan(nameOf(req, undefined), { kind: SpanKind.SERVER, attributes }, caller);
  res.once('close', () => finish(span, req, res));
  return context.with(trace.setSpan(caller, span), run);
}

/** A refusal (4xx) is no fault of this app; who goes away before the answer gets no status. */
function finish(span, req, { headersSent, statusCode }) {
  const route = routeOf(req);
  span.updateName(nameOf(req, route));
  if (route !== undefined) span.setAttribute('http.route', route);
  if (headersSent) span.setAttribute('http.response.status_code', statusCode);
  if (!headersSent || statusCode >= 500) span.setAttribute('error.type', headersSent ? String(statusCode) : 'aborted');
  if (statusCode >= 500) span.setStatus({ code: SpanStatusCode.ERROR });
  span.end();
}

/** `GET /expenses/:id`: one name per route, not one per record. */
function nameOf(req, route) {
  const method = methodOf(req) === '_OTHER' ? 'HTTP' : methodOf(req);
  return route === undefined ? method : `${method} ${route}`;
}

function methodOf({ method = '' }) {
  return methods.has(method) ? method : '_OTHER';
}
