import Fastify, { type FastifyInstance } from 'fastify';
import { expenseRoutes } from './routes/expenses.ts';
import { reportRoutes } from './routes/reports.ts';
import { guard } from './guardrails/index.ts';

/** Makes the app with all its routes. It does not listen yet. */
export function createApp(): FastifyInstance {
  const app = Fastify();
  guard(app);
  app.register(expenseRoutes, { prefix: '/expenses' });
  app.register(reportRoutes, { prefix: '/reports' });
  return app;
}
