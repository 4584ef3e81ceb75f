// Switches on the guards of this app, in this order. One call, where the app is made, does it all.
import { install, type App } from './framework.ts';
import { gate, lock, requireAccess } from './gate.ts';
import { healthRoutes } from './health.ts';
import { httpHardening } from './http-hardening.ts';
import { ownRoutes } from './own-routes.ts';
import { rateLimit } from './rate-limit.ts';
import { reportOnly } from './report-only.ts';
import { requestLog } from './request-log.ts';
import { userRoutes } from './user-routes.ts';

// For the app's own code: whoever is signed in.
export { currentUser } from './call.ts';

/** Call it once, right after the app is made and before its first route. */
export function guard<Guarded extends App>(app: Guarded): Guarded {
  healthRoutes();
  userRoutes();
  install(app, [requestLog, reportOnly(httpHardening), reportOnly(rateLimit), gate, ownRoutes], lock);
  requireAccess(app);
  return app;
}
