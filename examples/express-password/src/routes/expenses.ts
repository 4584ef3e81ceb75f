import { Router } from 'express';
import { expenseId, expenseInCurrency, newExpense, page } from '../schemas/expense.ts';
import { readInput } from '../schemas/input.ts';
import { claimExpense, convertExpense, getExpense, listExpenses } from '../services/expenses.ts';

/** Claiming expenses and looking at one's own claims. */
export const expenseRoutes = Router();

expenseRoutes.post('/', (request, response) => {
  response.status(201).json(claimExpense(readInput(newExpense, request.body)));
});

expenseRoutes.get('/', (request, response) => {
  response.json(listExpenses(readInput(page, request.query)));
});

expenseRoutes.get('/:id', (request, response, next) => {
  const { id } = readInput(expenseId, request.params);
  const expense = getExpense(id);
  if (expense) response.json(expense);
  else next();
});

expenseRoutes.get('/:id/in/:currency', async (request, response, next) => {
  const { id, currency } = readInput(expenseInCurrency, request.params);
  const converted = await convertExpense(id, currency);
  if (converted) response.json(converted);
  else next();
});
