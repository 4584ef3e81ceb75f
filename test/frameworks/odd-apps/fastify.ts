import Fastify, { type FastifyInstance } from 'fastify';
import { currentCall } from './guardrails/call.ts';
import type { Guard } from './driver.ts';

/** An app with routes in every shape that Fastify knows. */
export function makeApp(guard: Guard): FastifyInstance {
  const app = Fastify({ bodyLimit: 1000 });
  guard(app);
  app.get('/plain', async () => 'plain');
  app.get('/both/:name', async () => 'any');
  app.get('/both/one', async () => 'one');
  app.all('/any', async () => 'any method');
  app.register(
    async (outer) => {
      outer.addHook('preHandler', async () => undefined);
      outer.register(
        async (inner) => void inner.get<{ Params: { id: string } }>('/:id', async ({ params }) => `inner ${params.id}`),
        {
          prefix: '/inner',
        },
      );
    },
    { prefix: '/outer' },
  );
  app.register(async (slash) => void slash.get('/', async () => 'either way'), { prefix: '/slash' });
  app.route({
    method: ['PUT', 'PATCH'],
    url: '/change',
    onRequest: async () => undefined,
    handler: async () => 'changed',
  });
  app.post('/body', async () => currentCall()?.id ?? 'lost');
  app.get('/throws', () => Promise.reject(new Error('thrown')));
  return app;
}
