// Adds the headers that browsers need to protect people, and lets only the web pages in CORS_ORIGINS call this app from elsewhere.
import type { IncomingMessage, ServerResponse } from 'node:http';
import { limitBody } from './body-limit.ts';
import { type Answer, type Layer, problem } from './call.ts';
import { config } from './config.ts';
import { isListed } from './origins.ts';

/** Nothing here keeps a page of this app from working; what it loads itself is for a stricter Content-Security-Policy of its own. */
const headers: Readonly<Record<string, string>> = {
  'Cache-Control': 'private, no-cache',
  'Content-Security-Policy': "frame-ancestors 'self'; base-uri 'self'; object-src 'none'",
  'Referrer-Policy': 'strict-origin-when-cross-origin',
  'X-Content-Type-Options': 'nosniff',
  ...(config.NODE_ENV === 'production' && { 'Strict-Transport-Security': 'max-age=31536000' }),
};

const preflightHeaders = {
  'Access-Control-Allow-Headers': 'authorization, content-type',
  'Access-Control-Allow-Methods': 'GET, POST, PUT, PATCH, DELETE',
  'Access-Control-Max-Age': '600',
};

/** Sets the headers first, so that refusals carry them too; the app may set others instead. */
export const httpHardening: Layer = {
  name: 'httpHardening',
  before({ req, res }) {
    for (const [name, value] of Object.entries(headers)) res.setHeader(name, value);
    if (config.AUTH_MODE === 'enforce') allowListedPages(req, res);
    return answerPreflight(req) ?? limitBody(req);
  },
};

function answerPreflight({ method, headers: given }: IncomingMessage): Answer | undefined {
  const isPreflight = method === 'OPTIONS' && given.origin !== undefined && 'access-control-request-method' in given;
  if (!isPreflight) return undefined;
  if (!isListed(given.origin))
    return problem(403, 'This origin may not call this app; CORS_ORIGINS names those that may');
  const asked = given['access-control-request-headers'];
  return { status: 204, headers: { ...preflightHeaders, ...(asked && { 'Access-Control-Allow-Headers': asked }) } };
}

/** Whatever the app says about other origins, the list holds: it is written last, when the answer goes out. */
function allowListedPages({ headers: { origin } }: IncomingMessage, res: ServerResponse): void {
  if (origin === undefined) return;
  const { writeHead } = res as { writeHead: (...args: unknown[]) => ServerResponse };
  const written = (...args: unknown[]): ServerResponse => {
    res.appendHeader('Vary', 'Origin');
    if (isListed(origin)) {
      res.setHeader('Access-Control-Allow-Origin', origin);
      res.setHeader('Access-Control-Allow-Credentials', 'true');
    } else {
      res.removeHeader('Access-Control-Allow-Origin');
      res.removeHeader('Access-Control-Allow-Credentials');
    }
    return Reflect.apply(writeHead, res, args);
  };
  Object.defineProperty(res, 'writeHead', { value: written, configurable: true, writable: true });
}
