// Tells whoever runs the app whether it is alive (/livez) and ready for requests (/readyz), and nothing else about it.
import { addYieldingRoute } from './own-routes.mjs';
import { isStopping } from './shutdown.mjs';

/** Adds `GET /livez` and `GET /readyz`, unless the app has them. Both are open: their answers hold no name, no version and no reason. */
export function healthRoutes(theirs = []) {
  const add = (key, isGood) => {
    if (!theirs.includes(key)) addYieldingRoute(key, () => health(isGood()));
  };
  add('GET /livez', () => true);
  add('GET /readyz', () => !isStopping());
}

function health(good) {
  return { status: good ? 200 : 503, body: { status: good ? 'ok' : 'unavailable' } };
}
