// The file that users and sessions are kept in. Git does not take it along, and no folder of files shows it.
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { config } from './config.ts';

/** The folder of the app, also where it is started from another one. */
const appFolder = existsSync('guardrails') ? '.' : join(import.meta.dirname ?? '', '..');

/** The connection that users and sessions are read and written by. */
export const database = openDatabase(config.DATABASE_FILE);

function openDatabase(name: string): DatabaseSync {
  if (name === ':memory:') return new DatabaseSync(name);
  const file = resolve(appFolder, name);
  makeFolder(dirname(file));
  const opened = new DatabaseSync(file);
  opened.exec('PRAGMA busy_timeout = 5000; PRAGMA journal_mode = WAL;');
  return opened;
}

function makeFolder(folder: string): void {
  if (existsSync(folder)) return;
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  writeFileSync(join(folder, '.gitignore'), '*\n');
}
