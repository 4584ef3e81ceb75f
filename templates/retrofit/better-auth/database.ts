// The file that users and sessions are kept in. Git does not take it along, and no folder of files shows it.
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import type { DatabaseSync } from 'node:sqlite';
import { config } from './config.ts';

/** The folder of the app, also where it is started from another one. */
const appFolder = existsSync('guardrails') ? '.' : join(import.meta.dirname ?? '', '..');

// Asked for in this way, because test runners and bundlers that are older than it do not find it by its name.
const sqlite = process.getBuiltinModule?.('node:sqlite');
if (!sqlite)
  throw new Error(`users are kept by node:sqlite, which Node.js has from 22.13 on; this is ${process.version}`);
const { DatabaseSync: Database } = sqlite;

/** The connection that users and sessions are read and written by. */
export const database = openDatabase(config.DATABASE_FILE);

function openDatabase(name: string): DatabaseSync {
  if (name === ':memory:') return new Database(name);
  const file = resolve(appFolder, name);
  try {
    makeFolder(dirname(file));
    const opened = new Database(file);
    opened.exec('PRAGMA busy_timeout = 5000; PRAGMA journal_mode = WAL;');
    return opened;
  } catch (error) {
    throw new Error(`users cannot be kept in ${file}, so set DATABASE_FILE: ${(error as Error).message}`, {
      cause: error,
    });
  }
}

function makeFolder(folder: string): void {
  if (existsSync(folder)) return;
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  writeFileSync(join(folder, '.gitignore'), '*\n');
}
