// Lets only the web pages in CORS_ORIGINS call this app from elsewhere, whatever the app itself says about them.
'use strict';

const { problem } = require('./call.cjs');
const { isListed, isPreflight } = require('./origins.cjs');
const { preflightAnswer, sayLast } = require('./page-elsewhere.cjs');

/** Answers what browsers ask beforehand (preflight), and says in each answer whether the page that asked may read it. */
const crossOrigin = {
  name: 'crossOrigin',
  before({ req, res }) {
    const { origin } = req.headers;
    if (origin === undefined) return undefined;
    sayLast(origin, isListed(origin), res);
    if (!isPreflight(req)) return undefined;
    if (isListed(origin)) return preflightAnswer(req);
    return problem(403, 'This origin may not call this app; CORS_ORIGINS names those that may');
  },
};

module.exports = { crossOrigin };
