// Seals what a browser keeps for us: nobody else can read it or change it, and it is worth nothing after its time.
import { hkdfSync, randomBytes } from 'node:crypto';
import type { JWTPayload } from 'jose';
import { config } from './config.ts';
import { log } from './log.ts';

/** What has been sealed for one purpose counts for no other. */
export type Purpose = 'session' | 'sign-in';

const secret = config.AUTH_SECRET || randomBytes(32).toString('base64url');
if (config.AUTH_SECRET === '' && config.OIDC_CLIENT_ID !== '') {
  if (config.NODE_ENV === 'production')
    throw new Error('AUTH_SECRET is missing: 32 random characters that seal sessions');
  log.warn('AUTH_SECRET is not set: everybody has to sign in again when the app restarts');
}

const keys = { session: keyFor('session'), 'sign-in': keyFor('sign-in') };

/** A text that only this app can open again, for so many seconds. */
export async function seal(purpose: Purpose, content: JWTPayload, seconds: number): Promise<string> {
  const { EncryptJWT } = await import('jose');
  return new EncryptJWT(content)
    .setProtectedHeader({ alg: 'dir', enc: 'A256GCM' })
    .setExpirationTime(Math.floor(Date.now() / 1000) + seconds)
    .encrypt(keys[purpose]);
}

/** What is in a sealed text; undefined when it is not ours, was changed, or is over. */
export async function unseal(purpose: Purpose, text: string | undefined): Promise<JWTPayload | undefined> {
  if (text === undefined) return undefined;
  const { jwtDecrypt } = await import('jose');
  const rules = {
    keyManagementAlgorithms: ['dir'],
    contentEncryptionAlgorithms: ['A256GCM'],
    requiredClaims: ['exp'],
  };
  return jwtDecrypt(text, keys[purpose], rules).then(
    ({ payload }) => payload,
    () => undefined,
  );
}

/** Another sign-in service, another key: who was signed in by the one is a stranger to the other. */
function keyFor(purpose: Purpose): Uint8Array {
  const about = JSON.stringify([purpose, config.OIDC_ISSUER, config.OIDC_CLIENT_ID]);
  return new Uint8Array(hkdfSync('sha256', secret, '', about, 32));
}
