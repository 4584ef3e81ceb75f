// Tells whoever runs the app whether it is alive (/livez) and ready for requests (/readyz), and nothing else about it.
'use strict';

const { addYieldingRoute } = require('./own-routes.cjs');
const { isStopping } = require('./shutdown.cjs');

/** Adds `GET /livez` and `GET /readyz`, unless the app has them. Both are open: their answers hold no name, no version and no reason. */
function healthRoutes(theirs = []) {
  const add = (key, isGood) => {
    if (!theirs.includes(key)) addYieldingRoute(key, () => health(isGood()));
  };
  add('GET /livez', () => true);
  add('GET /readyz', () => !isStopping());
}

function health(good) {
  return { status: good ? 200 : 503, body: { status: good ? 'ok' : 'unavailable' } };
}

module.exports = { healthRoutes };
