// Switches on the guards of this app. One call, where the app is made, does it all.
'use strict';

const { bodyLimit } = require('./body-limit.cjs');
const { browserHeaders } = require('./browser-headers.cjs');
const { budget } = require('./budget.cjs');
const { crossOrigin } = require('./cross-origin.cjs');
const { install } = require('./framework.cjs');
const { gate, lock } = require('./gate.cjs');
const { healthRoutes } = require('./health.cjs');
const { ownRoutes } = require('./own-routes.cjs');
const { withOwnPreflights } = require('./preflights.cjs');
const { privateFiles } = require('./private-files.cjs');
const { rateLimit } = require('./rate-limit.cjs');
const { relayRoutes } = require('./relay.cjs');
const { reportOnly } = require('./report-only.cjs');
const { requestLog } = require('./request-log.cjs');
const { requireAccess } = require('./unlisted.cjs');
const { userRoutes } = require('./user-routes.cjs');

// For the app's own code: whoever is signed in.
const { currentUser } = require('./call.cjs');
const { userOf } = require('./user-of.cjs');

/** Every request passes these, one after the other. */
// prettier-ignore
const layers = [
  requestLog,
  privateFiles,
  browserHeaders,
  reportOnly(crossOrigin),
  reportOnly(bodyLimit),
  reportOnly(rateLimit),
  withOwnPreflights(gate),
  reportOnly(budget),
  ownRoutes,
];

/** Call it once, right after the app is made and before its first route. */
function guard(app) {
  healthRoutes();
  userRoutes();
  relayRoutes();
  install(app, layers, lock);
  requireAccess(app);
  return app;
}

module.exports = { currentUser, userOf, guard };
