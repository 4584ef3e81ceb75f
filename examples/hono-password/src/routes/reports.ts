import { Hono } from 'hono';
import { totalExpenses } from '../services/expenses.ts';

/** Reports over the claims of everybody. */
export const reportRoutes = new Hono().get('/total', (context) => context.json(totalExpenses()));
