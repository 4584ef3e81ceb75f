// Lets only the web pages in CORS_ORIGINS call this app from elsewhere, whatever the app itself says about them.
import type { IncomingMessage, ServerResponse } from 'node:http';
import { type Answer, type Layer, problem } from './call.ts';
import { isListed } from './origins.ts';

const preflightHeaders = {
  'Access-Control-Allow-Headers': 'authorization, content-type',
  'Access-Control-Allow-Methods': 'GET, POST, PUT, PATCH, DELETE',
  'Access-Control-Max-Age': '600',
};

/** Answers what browsers ask beforehand (preflight), and says in each answer whether the page that asked may read it. */
export const crossOrigin: Layer = {
  name: 'crossOrigin',
  before({ req, res }) {
    if (req.headers.origin !== undefined) sayLast(req.headers.origin, res);
    return answerPreflight(req);
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

/** The list holds because it is written last, when the answer goes out. */
function sayLast(origin: string, res: ServerResponse): void {
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
