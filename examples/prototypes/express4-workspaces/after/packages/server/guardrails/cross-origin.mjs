// Lets only the web pages in CORS_ORIGINS call this app from elsewhere, whatever the app itself says about them.
import { problem } from './call.mjs';
import { isListed, isPreflight } from './origins.mjs';
import { preflightAnswer, sayLast } from './page-elsewhere.mjs';

/** Answers what browsers ask beforehand (preflight), and says in each answer whether the page that asked may read it. */
export const crossOrigin = {
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
