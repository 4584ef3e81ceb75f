// Tells whether a request was sent by a page of another web site, which a browser always admits.
import type { IncomingMessage } from 'node:http';

/** True when a browser says that the request comes from another site. Programs that are no browser say nothing and pass. */
export function fromOtherSite(req: IncomingMessage): boolean {
  const { origin, host } = req.headers;
  if (origin === undefined) return req.headers['sec-fetch-site'] === 'cross-site';
  return !URL.canParse(origin) || new URL(origin).host !== host;
}

/** True when another site could have sent this in the name of whoever is signed in: it does something, and a cookie is its proof. */
export function mayBeForged(req: IncomingMessage): boolean {
  const changes = !['GET', 'HEAD', 'OPTIONS'].includes(req.method ?? '') || req.headers.upgrade !== undefined;
  return changes && req.headers.cookie !== undefined && (req.headers.origin === undefined || fromOtherSite(req));
}
