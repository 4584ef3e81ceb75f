import { createHash, generateKeyPairSync, sign, type KeyObject } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A key of the service, and one that it does not know. */
export const ours = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey;
export const others = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey;
const jwk = { ...ours.export({ format: 'jwk' }), d: undefined, p: undefined, q: undefined };
const published = { kty: jwk.kty, n: jwk.n, e: jwk.e, kid: 'one', alg: 'RS256', use: 'sig' };

/** How a sign-in service of a test answers; each test says what is different. */
export interface Manners {
  readonly key?: KeyObject;
  /** Instead of what the ID token would say. */
  readonly claims?: object;
  /** What the page about the person says; without it there is no such page. */
  readonly userinfo?: object;
  readonly metadata?: object;
  /** The answer to a code, instead of tokens. */
  readonly refusal?: { readonly error: string };
}

/** A sign-in service that does as a test wants. */
export interface Stub {
  readonly url: string;
  manners: Manners;
  /** The last thing that was sent for a code. */
  asked?: { readonly form: URLSearchParams; readonly authorization: string | undefined };
  /** What the app has sent along when it began. */
  begun?: URLSearchParams;
  stop(): Promise<void>;
}

/** Starts one on a free port. */
export async function startStub(): Promise<Stub> {
  const server = createServer((req, res) => {
    void answer(stub, req).then((body) => {
      res.writeHead(body === undefined ? 404 : 'error' in body ? 400 : 200, { 'content-type': 'application/json' });
      res.end(JSON.stringify(body ?? {}));
    });
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const stop = async (): Promise<void> => {
    server.closeAllConnections();
    await new Promise((done) => server.close(done));
  };
  const stub: Stub = { url, manners: {}, stop };
  return stub;
}

async function answer(stub: Stub, req: IncomingMessage): Promise<object | undefined> {
  const { url, manners, begun } = stub;
  if (req.url === '/.well-known/openid-configuration') return metadataOf(stub);
  if (req.url === '/keys') return { keys: [published] };
  if (req.url === '/userinfo') return manners.userinfo;
  if (req.url !== '/token') return undefined;
  let text = '';
  for await (const chunk of req) text += String(chunk);
  const form = new URLSearchParams(text);
  stub.asked = { form, authorization: req.headers.authorization };
  const challenge = createHash('sha256')
    .update(form.get('code_verifier') ?? '')
    .digest('base64url');
  if (challenge !== begun?.get('code_challenge')) return { error: 'invalid_grant' };
  if (manners.refusal) return manners.refusal;
  const now = Math.floor(Date.now() / 1000);
  const usual = { iss: url, aud: 'this-app', sub: 'person-7', nonce: begun.get('nonce'), iat: now, exp: now + 60 };
  const idToken = tokenOf({ ...usual, ...manners.claims }, manners.key ?? ours);
  return { access_token: 'an access token', token_type: 'Bearer', id_token: idToken };
}

function metadataOf({ url, manners }: Stub): object {
  return {
    issuer: url,
    jwks_uri: `${url}/keys`,
    authorization_endpoint: `${url}/authorize`,
    token_endpoint: `${url}/token`,
    ...(manners.userinfo && { userinfo_endpoint: `${url}/userinfo` }),
    ...manners.metadata,
  };
}

/** A signed token. */
export function tokenOf(payload: object, key: KeyObject): string {
  const text = [{ alg: 'RS256', kid: 'one' }, payload]
    .map((part) => Buffer.from(JSON.stringify(part)).toString('base64url'))
    .join('.');
  return `${text}.${sign('sha256', Buffer.from(text), key).toString('base64url')}`;
}
