import { subscribe } from 'node:diagnostics_channel';
import { reachedStatus, stopHeader, type LiveRoute } from '../protocol.ts';
import { collectRoutes } from './live-routes.ts';
import { settings } from './settings.ts';

interface FastifyInstance {
  addHook(name: 'onRoute', hook: (route: FastifyRoute) => void): void;
}
interface FastifyRoute {
  readonly method: string | readonly string[];
  readonly url: string;
  handler: (this: unknown, request: FastifyRequest, reply: FastifyReply) => unknown;
}
interface FastifyRequest {
  readonly headers: Readonly<Record<string, unknown>>;
}
interface FastifyReply {
  code(status: number): { send(body: string): unknown };
}

/** Fastify announces each instance; its own hook tells every route with its prefix. */
export function watchFastify(): void {
  const routes: LiveRoute[] = [];
  collectRoutes(() => routes);
  subscribe('fastify.initialization', (message) => {
    const { fastify } = message as { fastify: FastifyInstance };
    fastify.addHook('onRoute', (route) => {
      for (const method of [route.method].flat())
        if (method !== 'HEAD') routes.push({ framework: 'fastify', method, path: route.url, stoppable: true });
      route.handler = stopBefore(route.handler);
    });
  });
}

function stopBefore(handler: FastifyRoute['handler']): FastifyRoute['handler'] {
  return function (request, reply) {
    if (request.headers[stopHeader] !== settings.token) return handler.call(this, request, reply);
    return reply.code(reachedStatus).send('');
  };
}
