// Answers every request with the headers that browsers need to protect people, and refuses oversized requests and unknown web pages.
import type { IncomingMessage, ServerResponse } from 'node:http';
import { limitBody } from './body-limit.ts';
import { type Answer, type Layer, problem } from './call.ts';
import { config } from './config.ts';

/** The web pages that may call this app, such as https://app.example.com; none unless CORS_ORIGINS names them. */
const origins = new Set(config.CORS_ORIGINS.split(',').filter(Boolean));

const headers: Readonly<Record<string, string>> = {
  'Cache-Control': 'no-store',
  'Content-Security-Policy': "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'",
  'Cross-Origin-Resource-Policy': 'same-site',
  'Referrer-Policy': 'no-referrer',
  'X-Content-Type-Options': 'nosniff',
  ...(config.NODE_ENV === 'production' && { 'Strict-Transport-Security': 'max-age=31536000; includeSubDomains' }),
};

const preflightHeaders = {
  'Access-Control-Allow-Headers': 'authorization, content-type',
  'Access-Control-Allow-Methods': 'GET, POST, PUT, PATCH, DELETE',
  'Access-Control-Max-Age': '600',
};

/** Sets the headers first, so that refusals and errors carry them too. */
export const httpHardening: Layer = {
  name: 'httpHardening',
  before({ req, res }) {
    for (const [name, value] of Object.entries(headers)) res.setHeader(name, value);
    res.removeHeader('X-Powered-By');
    res.removeHeader('Server');
    return answerForeignPage(req, res) ?? limitBody(req);
  },
};

/** Lets web pages of the origins in CORS_ORIGINS call this app; any other page gets no permission, and its preflight is refused. */
function answerForeignPage(req: IncomingMessage, res: ServerResponse): Answer | undefined {
  const { origin } = req.headers;
  const listed = origin !== undefined && origins.has(origin);
  res.appendHeader('Vary', 'Origin');
  if (listed) {
    res.setHeader('Access-Control-Allow-Origin', origin);
    res.setHeader('Access-Control-Expose-Headers', 'RateLimit, Retry-After, X-Request-Id');
  }
  const isPreflight =
    req.method === 'OPTIONS' && origin !== undefined && 'access-control-request-method' in req.headers;
  if (!isPreflight) return undefined;
  return listed ? { status: 204, headers: preflightHeaders } : problem(403, 'This origin may not call this app');
}
