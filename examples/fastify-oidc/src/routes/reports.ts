import type { FastifyInstance } from 'fastify';
import { totalExpenses } from '../services/expenses.ts';

/** Reports over the claims of everybody. */
export async function reportRoutes(app: FastifyInstance): Promise<void> {
  app.get('/total', async () => totalExpenses());
}
