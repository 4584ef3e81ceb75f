import { Hono } from 'hono';
import { expenseId, expenseInCurrency, newExpense, page } from '../schemas/expense.ts';
import { claimExpense, convertExpense, getExpense, listExpenses } from '../services/expenses.ts';
import { valid } from './valid.ts';

/** Claiming expenses and looking at one's own claims. */
export const expenseRoutes = new Hono()
  .post('/', valid('json', newExpense), (context) => context.json(claimExpense(context.req.valid('json')), 201))
  .get('/', valid('query', page), (context) => context.json(listExpenses(context.req.valid('query'))))
  .get('/:id', valid('param', expenseId), (context) => {
    const expense = getExpense(context.req.valid('param').id);
    return expense ? context.json(expense) : context.notFound();
  })
  .get('/:id/in/:currency', valid('param', expenseInCurrency), async (context) => {
    const { id, currency } = context.req.valid('param');
    const converted = await convertExpense(id, currency);
    return converted ? context.json(converted) : context.notFound();
  });
