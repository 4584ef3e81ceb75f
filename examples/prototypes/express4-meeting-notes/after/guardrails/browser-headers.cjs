// Adds the headers that browsers need to protect people.
'use strict';

const { config } = require('./config.cjs');

/** Nothing here keeps a page of this app from working; what it loads itself is for a stricter Content-Security-Policy of its own. */
const headers = {
  'Cache-Control': 'private, no-cache',
  'Content-Security-Policy': "frame-ancestors 'self'; base-uri 'self'; object-src 'none'",
  'Referrer-Policy': 'strict-origin-when-cross-origin',
  'X-Content-Type-Options': 'nosniff',
  ...(config.NODE_ENV === 'production' && { 'Strict-Transport-Security': 'max-age=31536000' }),
};

/** Sets the headers first, so that refusals carry them too; the app may set others instead. */
const browserHeaders = {
  name: 'browserHeaders',
  before({ res }) {
    for (const [name, value] of Object.entries(headers)) res.setHeader(name, value);
    return undefined;
  },
};

module.exports = { browserHeaders };
