import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { config } from '../guardrails/config.ts';

const file = config.DATABASE_FILE;

/** The connection to the one database of this app, with its tables made. */
export const database = openDatabase(file);

database.exec(`
  CREATE TABLE IF NOT EXISTS expenses (
    id TEXT PRIMARY KEY,
    owner TEXT NOT NULL,
    amount REAL NOT NULL,
    currency TEXT NOT NULL,
    description TEXT NOT NULL,
    created_at TEXT NOT NULL
  ) STRICT;
  CREATE INDEX IF NOT EXISTS expenses_by_owner ON expenses (owner, created_at, id);
`);

function openDatabase(path: string): DatabaseSync {
  if (path !== ':memory:') mkdirSync(dirname(path), { recursive: true });
  const opened = new DatabaseSync(path);
  opened.exec('PRAGMA journal_mode = WAL; PRAGMA busy_timeout = 5000;');
  return opened;
}
