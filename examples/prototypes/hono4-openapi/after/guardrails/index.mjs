// Switches on the guards of this app. One call, where the app is made, does it all.
import { bodyLimit } from './body-limit.mjs';
import { browserHeaders } from './browser-headers.mjs';
import { crossOrigin } from './cross-origin.mjs';
import { install } from './framework.mjs';
import { gate, lock } from './gate.mjs';
import { healthRoutes } from './health.mjs';
import { ownRoutes } from './own-routes.mjs';
import { rateLimit } from './rate-limit.mjs';
import { reportOnly } from './report-only.mjs';
import { requestLog } from './request-log.mjs';
import { requireAccess } from './unlisted.mjs';
import { userRoutes } from './user-routes.mjs';

// For the app's own code: whoever is signed in.
export { currentUser } from './call.mjs';
export { userOf } from './user-of.mjs';

/** Every request passes these, one after the other. */
// prettier-ignore
const layers = [
  requestLog,
  browserHeaders,
  reportOnly(crossOrigin),
  reportOnly(bodyLimit),
  reportOnly(rateLimit),
  gate,
  ownRoutes,
];

/** Call it once, right after the app is made and before its first route. */
export function guard(app) {
  healthRoutes();
  userRoutes();
  install(app, layers, lock);
  requireAccess(app);
  return app;
}
