import { generateKeyPairSync, sign } from 'node:crypto';
import http from 'node:http';
import type { AddressInfo } from 'node:net';

/** A sign-in service for the time of a proof: it has keys, and signs a token for one person. */
export interface Issuer {
  readonly url: string;
  readonly port: number;
  /** What an app has to be told to trust it. */
  readonly settings: Readonly<Record<string, string>>;
  token(roles: readonly string[]): string;
  close(): void;
}

/** Opens a sign-in service on the loopback address, as far as checking a token needs one (OpenID Connect Discovery 1.0, section 4). */
export function openIssuer(): Promise<Issuer> {
  const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const key = { ...publicKey.export({ format: 'jwk' }), kid: 'proof', alg: 'RS256', use: 'sig' };
  const audience = 'proof';
  let url = '';
  const server = http.createServer((request, response) => {
    const metadata = {
      issuer: url,
      jwks_uri: `${url}/keys`,
      authorization_endpoint: `${url}/authorize`,
      token_endpoint: `${url}/token`,
      response_types_supported: ['code'],
      subject_types_supported: ['public'],
      id_token_signing_alg_values_supported: ['RS256'],
      code_challenge_methods_supported: ['S256'],
    };
    response.setHeader('content-type', 'application/json');
    response.end(JSON.stringify(request.url === '/keys' ? { keys: [key] } : metadata));
  });
  const token = (roles: readonly string[]): string => {
    const now = Math.floor(Date.now() / 1000);
    const claims = { iss: url, aud: audience, sub: 'proof', email: 'proof@example.invalid', roles, iat: now };
    const text = [
      { alg: 'RS256', typ: 'JWT', kid: 'proof' },
      { ...claims, exp: now + 3600 },
    ]
      .map((part) => Buffer.from(JSON.stringify(part)).toString('base64url'))
      .join('.');
    return `${text}.${sign('sha256', Buffer.from(text), privateKey).toString('base64url')}`;
  };
  return new Promise((resolve, reject) => {
    server.on('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo;
      url = `http://127.0.0.1:${port}`;
      const own = { OIDC_ISSUER: url, OIDC_AUDIENCE: audience, OIDC_CLIENT_ID: audience };
      const settings = { ...own, OIDC_ROLES_CLAIM: 'roles', OIDC_EMAIL_DOMAINS: '', PUBLIC_URL: '' };
      resolve({ url, port, settings, token, close: () => void server.close() });
    });
  });
}
