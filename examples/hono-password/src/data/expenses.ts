import { randomUUID } from 'node:crypto';
import type { NewExpense, Page } from '../schemas/expense.ts';
import { database } from './database.ts';

/** One expense claim. It belongs to the person who made it: `owner`. */
export interface Expense extends NewExpense {
  readonly id: string;
  readonly owner: string;
  readonly createdAt: string;
}

/** What was claimed in one currency, over all owners. */
export interface Total {
  readonly currency: string;
  readonly amount: number;
  readonly claims: number;
}

const columns = 'id, owner, amount, currency, description, created_at AS createdAt';
const insert = database.prepare(
  'INSERT INTO expenses (id, owner, amount, currency, description, created_at) VALUES (?, ?, ?, ?, ?, ?)',
);
const selectOne = database.prepare(`SELECT ${columns} FROM expenses WHERE id = ? AND owner = ?`);
const selectPage = database.prepare(
  `SELECT ${columns} FROM expenses WHERE owner = ? ORDER BY created_at DESC, id LIMIT ? OFFSET ?`,
);
const selectTotals = database.prepare(
  'SELECT currency, ROUND(SUM(amount), 2) AS amount, COUNT(*) AS claims FROM expenses GROUP BY currency ORDER BY currency',
);

/** Stores a claim of this owner. */
export function insertExpense(owner: string, claim: NewExpense): Expense {
  const expense: Expense = { id: randomUUID(), owner, ...claim, createdAt: new Date().toISOString() };
  insert.run(expense.id, owner, expense.amount, expense.currency, expense.description, expense.createdAt);
  return expense;
}

/** The claim with this id, if it is this owner's. */
export function findExpense(owner: string, id: string): Expense | undefined {
  return selectOne.get(id, owner) as Expense | undefined;
}

/** The claims of this owner, newest first, one page of them. */
export function findExpenses(owner: string, { limit, offset }: Page): Expense[] {
  return selectPage.all(owner, limit, offset) as unknown as Expense[];
}

/** What everybody together has claimed, by currency. */
export function findTotals(): Total[] {
  return selectTotals.all() as unknown as Total[];
}
