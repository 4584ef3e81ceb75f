import { findExpense, findExpenses, findTotals, insertExpense, type Expense, type Total } from '../data/expenses.ts';
import type { NewExpense, Page } from '../schemas/expense.ts';
import { owner } from './owner.ts';
import { rateBetween } from './rates.ts';

/** What an expense claim is worth in another currency. */
export interface Converted {
  readonly id: string;
  readonly amount: number;
  readonly currency: string;
  readonly rate: number;
}

/** Claims an expense for whoever calls. */
export function claimExpense(claim: NewExpense): Expense {
  return insertExpense(owner(), claim);
}

/** One's own claims, newest first. */
export function listExpenses(page: Page): Expense[] {
  return findExpenses(owner(), page);
}

/** One's own claim, or undefined: a claim of somebody else looks like one that does not exist. */
export function getExpense(id: string): Expense | undefined {
  return findExpense(owner(), id);
}

/** One's own claim in another currency, at today's rate. */
export async function convertExpense(id: string, currency: string): Promise<Converted | undefined> {
  const expense = getExpense(id);
  if (!expense) return undefined;
  const rate = await rateBetween(expense.currency, currency);
  return { id, amount: Math.round(expense.amount * rate * 100) / 100, currency, rate };
}

/** What everybody together has claimed. Only for people who may see everything. */
export function totalExpenses(): Total[] {
  return findTotals();
}
