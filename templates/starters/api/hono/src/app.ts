import { Hono } from 'hono';
import { expenseRoutes } from './routes/expenses.ts';
import { reportRoutes } from './routes/reports.ts';

/** Makes the app with all its routes. It does not listen yet. */
export function createApp(): Hono {
  const app = new Hono();
  app.route('/expenses', expenseRoutes);
  app.route('/reports', reportRoutes);
  return app;
}
