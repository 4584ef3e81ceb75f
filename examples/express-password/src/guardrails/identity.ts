// Keeps users, password hashes and sessions in the app's own database file: nobody else's service knows who signs in.
import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { betterAuth } from 'better-auth';
import { getMigrations } from 'better-auth/db/migration';
import { admin } from 'better-auth/plugins/admin';
import { bearer } from 'better-auth/plugins/bearer';
import { config } from './config.ts';
import { sessionCookie } from './session-cookie.ts';

/** A session ends this many hours after signing in, used or not. */
export const sessionHours = 12;

/** The connection that the identity tables are read and written by; the same file as the app's own data. */
export const database = openDatabase(config.DATABASE_FILE);

/** better-auth, called as functions only: none of its own web addresses exist in this app. */
export const auth = betterAuth({
  database,
  secret: config.AUTH_SECRET,
  baseURL: 'http://localhost',
  telemetry: { enabled: false },
  logger: { disabled: true },
  plugins: [admin(), bearer({ requireSignature: true })],
  user: { modelName: 'auth_user' },
  account: { modelName: 'auth_account' },
  verification: { modelName: 'auth_verification' },
  session: { modelName: 'auth_session', expiresIn: sessionHours * 60 * 60, disableSessionRefresh: true },
  emailAndPassword: { enabled: true, disableSignUp: true },
  advanced: { useSecureCookies: false, cookies: { session_token: sessionCookie(config.NODE_ENV) } },
});

await createTables();

/** Creates what is missing in the database and changes nothing that is there, so that it can run at every start. */
async function createTables(): Promise<void> {
  const { runMigrations } = await getMigrations(auth.options);
  await runMigrations();
}

function openDatabase(file: string): DatabaseSync {
  if (file !== ':memory:') mkdirSync(dirname(file), { recursive: true });
  const opened = new DatabaseSync(file);
  opened.exec('PRAGMA journal_mode = WAL; PRAGMA busy_timeout = 5000;');
  return opened;
}
