import type { FastifyInstance } from 'fastify';
import { expenseId, expenseInCurrency, newExpense, page } from '../schemas/expense.ts';
import { readInput } from '../schemas/input.ts';
import { claimExpense, convertExpense, getExpense, listExpenses } from '../services/expenses.ts';

/** Claiming expenses and looking at one's own claims. */
export async function expenseRoutes(app: FastifyInstance): Promise<void> {
  app.post('', async (request, reply) => reply.code(201).send(claimExpense(readInput(newExpense, request.body))));

  app.get('', async (request) => listExpenses(readInput(page, request.query)));

  app.get('/:id', async (request, reply) => {
    const { id } = readInput(expenseId, request.params);
    return getExpense(id) ?? reply.callNotFound();
  });

  app.get('/:id/in/:currency', async (request, reply) => {
    const { id, currency } = readInput(expenseInCurrency, request.params);
    return (await convertExpense(id, currency)) ?? reply.callNotFound();
  });
}
