// Which web pages may call this app from elsewhere is for the app to say; those in CORS_ORIGINS may besides, and with their cookie.
'use strict';

const { isListed, isPreflight } = require('./origins.cjs');
const { preflightAnswer, sayLast } = require('./page-elsewhere.cjs');

/** Speaks for the listed pages, and leaves all others to the app. */
const crossOrigin = {
  name: 'crossOrigin',
  before({ req, res }) {
    const { origin } = req.headers;
    if (!isListed(origin)) return undefined;
    sayLast(origin, true, res);
    return isPreflight(req) ? preflightAnswer(req) : undefined;
  },
};

module.exports = { crossOrigin };
