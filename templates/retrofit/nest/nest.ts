// Finds the web framework inside a NestJS application: that is where the guards stand, in front of all controllers.
import type { App } from './framework.ts';

/** A NestJS application, as `NestFactory.create()` makes it. */
export interface NestApp {
  getHttpAdapter(): { getInstance(): unknown };
}

/** The Express or Fastify app that Nest hands every request to. It has no routes before Nest listens. */
export function insideOf(app: NestApp): App {
  return app.getHttpAdapter().getInstance() as App;
}
