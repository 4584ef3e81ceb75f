import { z } from 'zod';

/** A currency as three capital letters, such as EUR (ISO 4217). */
export const currency = z.string().regex(/^[A-Z]{3}$/, 'a currency is three capital letters, such as EUR');

/** What somebody sends to claim an expense: these fields and no others. */
export const newExpense = z.strictObject({
  amount: z.number().positive().max(1_000_000),
  currency,
  description: z.string().trim().min(1).max(200),
});

/** The address of one claim. */
export const expenseId = z.strictObject({ id: z.uuid() });

/** The address of one claim, in another currency. */
export const expenseInCurrency = z.strictObject({ id: z.uuid(), currency });

/** Which part of a list is asked for. */
export const page = z.strictObject({
  limit: z.coerce.number().int().min(1).max(100).default(20),
  offset: z.coerce.number().int().min(0).default(0),
});

export type NewExpense = z.infer<typeof newExpense>;
export type Page = z.infer<typeof page>;
