// Tells whether a request was sent by a page of another web site, which a browser always admits.
import { isListed } from './origins.mjs';

/** True when a browser says that the request comes from another site. Programs that are no browser say nothing and pass. */
export function fromOtherSite({ headers }) {
  const { origin, host, 'sec-fetch-site': site } = headers;
  if (site === 'same-origin' || site === 'none' || isListed(origin)) return false;
  if (origin === undefined) return site !== undefined;
  return !URL.canParse(origin) || new URL(origin).host !== host;
}

/** True when another site could have sent this in the name of whoever is signed in by a cookie: it does something, and does not say from where. */
export function mayBeForged(req) {
  const { origin, upgrade, 'sec-fetch-site': site } = req.headers;
  const changes = !['GET', 'HEAD', 'OPTIONS'].includes(req.method ?? '') || upgrade !== undefined;
  return changes && ((origin === undefined && site === undefined) || fromOtherSite(req));
}
