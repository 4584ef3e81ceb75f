import { Hono } from 'hono';
import { expenseRoutes } from './routes/expenses.ts';
import { reportRoutes } from './routes/reports.ts';
import { guard } from './guardrails/index.ts';

/** Makes the app with all its routes. It does not listen yet. */
export function createApp(): Hono {
  const app = new Hono();
  guard(app);
  app.route('/expenses', expenseRoutes);
  app.route('/reports', reportRoutes);
  return app;
}
