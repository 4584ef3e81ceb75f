// Who may call what: one line for each route of this app. A route that is not listed here lets nobody in.
import { anyOf, open, type AccessTable } from './access-rules.ts';

/** The rules: 'user' is whoever is signed in, anyOf('admin') are people with a role, open('why') is everybody. */
export const access = {
  // address: who may call it
} as const satisfies AccessTable;
