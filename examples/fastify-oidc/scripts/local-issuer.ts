// A sign-in service for this machine only: it issues a token for whoever asks, and forgets its keys when it stops.
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { exportJWK, generateKeyPair, SignJWT, type JWTPayload } from 'jose';

/** A running issuer. */
export interface LocalIssuer {
  readonly url: string;
  readonly server: Server;
  /** A token that is good for an hour, for this user with this role. */
  tokenFor(user: string, role: string): Promise<string>;
  /** A token with exactly these claims, signed with the key that is in use. */
  sign(claims: JWTPayload): Promise<string>;
  stop(): Promise<void>;
}

/** Whom the tokens are for, and where the roles go. */
export interface IssuerOptions {
  readonly port: number;
  readonly audience: string;
  readonly rolesClaim: string;
}

/** Starts an issuer on the loopback address; port 0 takes any free one. */
export async function startIssuer({ port, audience, rolesClaim }: IssuerOptions): Promise<LocalIssuer> {
  const { publicKey, privateKey } = await generateKeyPair('ES256');
  const key = { ...(await exportJWK(publicKey)), kid: crypto.randomUUID(), alg: 'ES256', use: 'sig' };

  const sign = (claims: JWTPayload): Promise<string> =>
    new SignJWT(claims).setProtectedHeader({ alg: key.alg, kid: key.kid }).sign(privateKey);

  const tokenFor = (user: string, role: string): Promise<string> => {
    const now = Math.floor(Date.now() / 1000);
    return sign({ iss: url, aud: audience, sub: user, [rolesClaim]: [role], iat: now, exp: now + 3600 });
  };

  const answer = async (path: string, query: URLSearchParams): Promise<unknown> => {
    if (path === '/.well-known/openid-configuration') return { issuer: url, jwks_uri: `${url}/keys` };
    if (path === '/keys') return { keys: [key] };
    if (path === '/token')
      return { token: await tokenFor(query.get('user') ?? 'developer', query.get('role') ?? 'user') };
    return undefined;
  };

  const server = createServer((request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://issuer');
    const refused = request.headers.origin !== undefined;
    void answer(pathname, searchParams).then((body) => {
      response.writeHead(body && !refused ? 200 : 404, { 'content-type': 'application/json' });
      response.end(refused ? '{}' : JSON.stringify(body ?? {}));
    });
  });
  await new Promise<void>((resolve, reject) => server.once('error', reject).listen(port, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

  const stop = (): Promise<void> => {
    const stopped = new Promise<void>((resolve) => server.close(() => resolve()));
    server.closeAllConnections();
    return stopped;
  };
  return { url, server, tokenFor, sign, stop };
}
