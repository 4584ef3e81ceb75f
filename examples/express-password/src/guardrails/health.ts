// Tells whoever runs the app whether it is alive (/livez) and ready for requests (/readyz), and nothing else about it.
import type { Answer } from './call.ts';
import { addRoute, type App } from './framework.ts';
import { log } from './log.ts';
import { checks } from './readiness.ts';
import { isStopping } from './shutdown.ts';

const longestCheck = 2_000; // milliseconds: a check that hangs is a check that fails

/** Adds `GET /livez` and `GET /readyz`. Both are open: their answers hold no name, no version and no reason. */
export function healthRoutes(app: App): void {
  addRoute(app, 'GET', '/livez', () => health(true));
  addRoute(app, 'GET', '/readyz', async () => health(!isStopping() && (await everyCheckPasses())));
}

function health(good: boolean): Answer {
  return { status: good ? 200 : 503, body: { status: good ? 'ok' : 'unavailable' } };
}

async function everyCheckPasses(): Promise<boolean> {
  const outcomes = await Promise.all(Object.entries(checks).map(([name, check]) => passes(name, check)));
  return outcomes.every(Boolean);
}

/** The reason of a failure goes to the log, never to the caller. */
async function passes(name: string, check: () => unknown): Promise<boolean> {
  const { promise: tooLate, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(() => reject(new Error(`no answer within ${longestCheck} ms`)), longestCheck);
  try {
    await Promise.race([Promise.resolve().then(check), tooLate]);
    return true;
  } catch (error) {
    log.error({ err: error, check: name }, 'not ready');
    return false;
  } finally {
    clearTimeout(timer);
  }
}
