// Keeps users, password hashes and sessions in the app's own database file: nobody else's service knows who signs in.
import { database } from './database.ts';
import { sessionHours } from './session-cookie.ts';
import { signingKey } from './signing-key.ts';

export { database };

let made: ReturnType<typeof makeAuth> | undefined;

/** better-auth, called as functions only: none of its own web addresses exist in this app. It is loaded when somebody first needs it. */
export function auth(): ReturnType<typeof makeAuth> {
  made ??= makeAuth().catch((error: unknown) => {
    made = undefined;
    throw error;
  });
  return made;
}

async function makeAuth() {
  const { betterAuth } = await import('better-auth');
  const { getMigrations } = await import('better-auth/db/migration');
  const { admin } = await import('better-auth/plugins/admin');
  const { bearer } = await import('better-auth/plugins/bearer');
  const instance = betterAuth({
    database,
    secret: signingKey,
    baseURL: 'http://localhost',
    telemetry: { enabled: false },
    logger: { disabled: true },
    plugins: [admin(), bearer({ requireSignature: true })],
    user: { modelName: 'auth_user' },
    account: { modelName: 'auth_account' },
    verification: { modelName: 'auth_verification' },
    session: { modelName: 'auth_session', expiresIn: sessionHours * 3600, disableSessionRefresh: true },
    emailAndPassword: { enabled: true, disableSignUp: true },
  });
  // Creates what is missing in the database and changes nothing that is there.
  const { runMigrations } = await getMigrations(instance.options);
  await runMigrations();
  return instance;
}
