import { Router } from 'express';
import { totalExpenses } from '../services/expenses.ts';

/** Reports over the claims of everybody. */
export const reportRoutes = Router();

reportRoutes.get('/total', (_request, response) => {
  response.json(totalExpenses());
});
