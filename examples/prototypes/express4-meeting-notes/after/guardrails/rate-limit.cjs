// Lets one address send only so many requests per minute, so that nobody can wear the app out.
'use strict';

const { problem } = require('./call.cjs');
const { clientAddress, subscriberOf } = require('./client-address.cjs');
const { config } = require('./config.cjs');
const { securityEvent } = require('./log.cjs');

const windowTime = 60; // seconds
const mostAddresses = 10_000; // remembered at once: a flood of addresses must not fill the memory
const uncounted = new Set(['/livez', '/readyz']); // asked for by whatever runs the app, all the time

/** Refuses with 429 whoever has used up RATE_LIMIT requests, until the minute is over. */
const rateLimit = {
  name: 'rateLimit',
  before({ req, res }) {
    if (uncounted.has(req.url?.split('?')[0] ?? '')) return undefined;
    const address = clientAddress(req);
    const now = Math.floor(performance.now() / 1_000);
    const window = windowOf(subscriberOf(address), now);
    window.count += 1;
    const left = config.RATE_LIMIT - window.count;
    const wait = String(window.ends - now);
    res.setHeader('RateLimit-Policy', `"default";q=${config.RATE_LIMIT};w=${windowTime}`);
    res.setHeader('RateLimit', `"default";r=${Math.max(0, left)};t=${wait}`);
    if (left >= 0) return undefined;
    if (left === -1) securityEvent('excess_rate_limit_exceeded', { address });
    res.setHeader('Retry-After', wait);
    return problem(429, 'Too Many Requests');
  },
};

/** Address to its window, the oldest first. */
const windows = new Map();

/** The running window of an address, or a new one; the oldest is forgotten when there are too many. */
function windowOf(address, now) {
  const known = windows.get(address);
  if (known && known.ends > now) return known;
  windows.delete(address);
  const [oldest] = windows.keys();
  if (oldest !== undefined && windows.size >= mostAddresses) windows.delete(oldest);
  const fresh = { count: 0, ends: now + windowTime };
  windows.set(address, fresh);
  return fresh;
}

module.exports = { rateLimit };
