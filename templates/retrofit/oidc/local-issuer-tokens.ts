// The tokens that the sign-in service of this machine signs: good for an hour, and for as long as it runs.
import { randomBytes } from 'node:crypto';
import type { Grant } from './local-issuer-codes.ts';

/** Somebody whom a developer wants to be. */
export interface LocalPerson {
  readonly email: string;
  readonly roles: readonly string[];
}

/** Signs for one run; the key is new each time. */
export interface LocalTokens {
  /** The public key, for whoever checks tokens. */
  readonly keys: object;
  /** The answer to a code that was good. */
  forGrant(grant: Grant): Promise<object>;
  /** A token for a program. */
  forProgram(person: LocalPerson): Promise<string>;
}

/** Makes the key. Roles go where OIDC_ROLES_CLAIM says, as at the service of the company. */
export async function localTokens(issuer: string): Promise<LocalTokens> {
  const { exportJWK, generateKeyPair, SignJWT } = await import('jose');
  const { publicKey, privateKey } = await generateKeyPair('ES256');
  const key = { ...(await exportJWK(publicKey)), kid: randomBytes(8).toString('hex'), alg: 'ES256', use: 'sig' };
  const { OIDC_AUDIENCE, OIDC_CLIENT_ID = 'this-app', OIDC_ROLES_CLAIM } = process.env;

  const sign = ({ email, roles }: LocalPerson, audience: string, more: object = {}): Promise<string> =>
    new SignJWT({ email, email_verified: true, [OIDC_ROLES_CLAIM || 'roles']: roles, ...more })
      .setProtectedHeader({ alg: key.alg, kid: key.kid })
      .setIssuer(issuer)
      .setAudience(audience)
      .setSubject(email)
      .setIssuedAt()
      .setExpirationTime('1h')
      .sign(privateKey);

  return {
    keys: { keys: [key] },
    forProgram: (person) => sign(person, OIDC_AUDIENCE || OIDC_CLIENT_ID),
    async forGrant({ asked, person }) {
      const client = asked.get('client_id') ?? '';
      const nonce = asked.get('nonce');
      return {
        access_token: await sign(person, OIDC_AUDIENCE || client),
        id_token: await sign(person, client, nonce === null ? {} : { nonce }),
        token_type: 'Bearer',
        expires_in: 3600,
      };
    },
  };
}
