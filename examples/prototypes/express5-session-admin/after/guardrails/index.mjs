// Switches on the guards of this app. One call, where the app is made, does it all.
import { bodyLimit } from './body-limit.mjs';
import { browserHeaders } from './browser-headers.mjs';
import { crossOrigin } from './cross-origin.mjs';
import { install } from './framework.mjs';
import { healthRoutes } from './health.mjs';
import { ownRoutes } from './own-routes.mjs';
import { rateLimit } from './rate-limit.mjs';
import { requestLog } from './request-log.mjs';

/** Every request passes these, one after the other. */
// prettier-ignore
const layers = [requestLog, browserHeaders, crossOrigin, bodyLimit, rateLimit, ownRoutes];

/** Call it once, right after the app is made and before its first route. */
export function guard(app) {
  healthRoutes();
  install(app, layers, () => undefined);
  return app;
}
