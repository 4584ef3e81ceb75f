// Knows which other web pages may call this app: those that CORS_ORIGINS names, and no others.
import { config } from './config.mjs';

const origins = new Set(config.CORS_ORIGINS.split(',').filter(Boolean));

/** Whether a page from there, such as http://localhost:5173, may call this app. */
export function isListed(origin) {
  return origin !== undefined && origins.has(origin);
}

/** Whether a browser asks beforehand what a page from elsewhere may do. */
export function isPreflight({ method, headers }) {
  return method === 'OPTIONS' && headers.origin !== undefined && 'access-control-request-method' in headers;
}
