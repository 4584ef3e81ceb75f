import pg from 'pg';

/** At most ten connections; a query that takes longer than five seconds is given up. */
export function openDatabase({ DATABASE_URL }) {
  return new pg.Pool({
    connectionString: DATABASE_URL,
    max: 10,
    connectionTimeoutMillis: 3000,
    statement_timeout: 5000,
  });
}
