// Switches on every guardrail of this app, in this order. One call in src/app.ts does it all.
import { closed } from './closed.ts';
import { toAnswer } from './errors.ts';
import { expiry } from './expiry.ts';
import { install, onError, type App } from './framework.ts';
import { gate, lock, requireAccess } from './gate.ts';
import { healthRoutes } from './health.ts';
import { httpHardening } from './http-hardening.ts';
import { rateLimit } from './rate-limit.ts';
import { requestLog } from './request-log.ts';
import { requestTrace } from './request-trace.ts';
import { userRoutes } from './user-routes.ts';

/** Call it once, right after the app is made and before its first route. */
export function guard(app: App): App {
  install(app, [requestTrace, requestLog, httpHardening, rateLimit, closed, expiry, gate], lock);
  onError(app, toAnswer);
  requireAccess(app);
  healthRoutes(app);
  userRoutes(app);
  return app;
}
