// Which web pages may call this app from elsewhere is for the app to say; those in CORS_ORIGINS may besides, and with their cookie.
import type { Layer } from './call.ts';
import { isListed, isPreflight } from './origins.ts';
import { preflightAnswer, sayLast } from './page-elsewhere.ts';

/** Speaks for the listed pages, and leaves all others to the app. */
export const crossOrigin: Layer = {
  name: 'crossOrigin',
  before({ req, res }) {
    const { origin } = req.headers;
    if (!isListed(origin)) return undefined;
    sayLast(origin, true, res);
    return isPreflight(req) ? preflightAnswer(req) : undefined;
  },
};
