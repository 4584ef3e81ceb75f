import express, { type Express } from 'express';
import { expenseRoutes } from './routes/expenses.ts';
import { reportRoutes } from './routes/reports.ts';
import { guard } from './guardrails/index.ts';

/** Makes the app with all its routes. It does not listen yet. */
export function createApp(): Express {
  const app = express();
  guard(app);
  app.use(express.json());
  app.use('/expenses', expenseRoutes);
  app.use('/reports', reportRoutes);
  return app;
}
