// Lists what must work before this app takes requests. Add a line for each service that it cannot do without.
import { database } from '../data/database.ts';
import './embedded-database.ts';

/** Name to check: a check that throws, rejects or takes more than two seconds makes `GET /readyz` answer 503. */
export const checks: Readonly<Record<string, () => unknown>> = {
  database: () => database.prepare('SELECT 1').get(),
};
