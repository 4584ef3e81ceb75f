// How a web page from elsewhere is let in: the words that browsers ask for before they let it read an answer.
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Answer } from './call.ts';

/** The answer to what a browser asks beforehand (preflight): the page may do what it asks for. */
export function preflightAnswer({ headers }: IncomingMessage): Answer {
  const asked = headers['access-control-request-headers'] ?? 'authorization, content-type';
  const methods = 'GET, POST, PUT, PATCH, DELETE';
  return {
    status: 204,
    headers: {
      'Access-Control-Allow-Headers': asked,
      'Access-Control-Allow-Methods': methods,
      'Access-Control-Max-Age': '600',
    },
  };
}

const spoken = /^access-control-allow-(?:origin|credentials)$/i;

/** Says last, when the answer goes out, whether the page may read it: whatever the app has said about it, this holds. */
export function sayLast(origin: string, isAllowed: boolean, res: ServerResponse): void {
  const { writeHead } = res as { writeHead: (...args: unknown[]) => ServerResponse };
  const written = (...args: unknown[]): ServerResponse => {
    res.appendHeader('Vary', 'Origin');
    if (isAllowed) {
      res.setHeader('Access-Control-Allow-Origin', origin);
      res.setHeader('Access-Control-Allow-Credentials', 'true');
    } else {
      res.removeHeader('Access-Control-Allow-Origin');
      res.removeHeader('Access-Control-Allow-Credentials');
    }
    return Reflect.apply(writeHead, res, args.map(withoutOrigins));
  };
  Object.defineProperty(res, 'writeHead', { value: written, configurable: true, writable: true });
}

/** Some frameworks hand over their headers only now. */
function withoutOrigins(word: unknown): unknown {
  if (typeof word !== 'object' || word === null || Array.isArray(word)) return word;
  return Object.fromEntries(Object.entries(word).filter(([name]) => !spoken.test(name)));
}
