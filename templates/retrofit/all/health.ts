// Tells whoever runs the app whether it is alive (/livez) and ready for requests (/readyz), and nothing else about it.
import type { Answer } from './call.ts';
import { addYieldingRoute } from './own-routes.ts';
import { isStopping } from './shutdown.ts';

/** Adds `GET /livez` and `GET /readyz`, unless the app has them. Both are open: their answers hold no name, no version and no reason. */
export function healthRoutes(theirs: readonly string[] = []): void {
  const add = (key: string, isGood: () => boolean): void => {
    if (!theirs.includes(key)) addYieldingRoute(key, () => health(isGood()));
  };
  add('GET /livez', () => true);
  add('GET /readyz', () => !isStopping());
}

function health(good: boolean): Answer {
  return { status: good ? 200 : 503, body: { status: good ? 'ok' : 'unavailable' } };
}
