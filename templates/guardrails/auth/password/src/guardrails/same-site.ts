// Tells whether a request was sent by a page of another web site, which a browser always admits.
import type { IncomingMessage } from 'node:http';

/** True when a browser says that the request comes from another site. Programs that are no browser say nothing and pass. */
export function fromOtherSite(req: IncomingMessage): boolean {
  const { origin, host } = req.headers;
  if (origin === undefined) return req.headers['sec-fetch-site'] === 'cross-site';
  return !URL.canParse(origin) || new URL(origin).host !== host;
}
