// Describes a request in the words that all tracing tools know, and never shows a header, a query or a body.
import type { IncomingMessage } from 'node:http';
import type { Attributes } from '@opentelemetry/api';
import type { Call } from './call.ts';
import { redact } from './config.ts';

// https://opentelemetry.io/docs/specs/semconv/http/http-spans/
const methods = new Set(['CONNECT', 'DELETE', 'GET', 'HEAD', 'OPTIONS', 'PATCH', 'POST', 'PUT', 'QUERY', 'TRACE']);

/** `{method} {route}`, such as `GET /expenses/:id`. Never the address: one name per route, not one per record. */
export function spanName(call: Call): string {
  const method = methodOf(call.req) === '_OTHER' ? 'HTTP' : methodOf(call.req);
  return [method, routeOf(call)].filter(Boolean).join(' ');
}

/** What is known when a request comes in. */
export function requestAttributes(req: IncomingMessage): Attributes {
  return {
    'http.request.method': methodOf(req),
    'url.path': redact(req.url?.split('?')[0] ?? ''),
    'url.scheme': 'encrypted' in req.socket ? 'https' : 'http',
    'server.address': req.headers.host?.replace(/:\d+$/, ''),
  };
}

/** What is known at its end. A refusal (4xx) is no fault of this app; who goes away before the answer gets no status. */
export function responseAttributes(call: Call): Attributes {
  const { headersSent, statusCode } = call.res;
  const errorType = headersSent ? String(statusCode) : 'aborted';
  return {
    ...(routeOf(call) && { 'http.route': routeOf(call) }),
    ...(headersSent && { 'http.response.status_code': statusCode }),
    ...((!headersSent || statusCode >= 500) && { 'error.type': errorType }),
  };
}

/** The path of the registered route, such as `/expenses/:id`. */
function routeOf({ routes }: Call): string | undefined {
  return routes[0]?.replace(/^\S+ /, '');
}

function methodOf({ method = '' }: IncomingMessage): string {
  return methods.has(method) ? method : '_OTHER';
}
