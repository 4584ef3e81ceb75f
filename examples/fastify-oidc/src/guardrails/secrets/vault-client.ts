// Speaks to Vault over HTTP: it waits only so long, and what it says when it fails never contains a secret.
import { readFile } from 'node:fs/promises';
import { type Environment, patience, SourceError } from './source.ts';

const podToken = '/var/run/secrets/kubernetes.io/serviceaccount/token';

/** Calls Vault; undefined when there is nothing at this path (404). */
export async function call(
  environment: Environment,
  method: 'GET' | 'POST',
  path: string,
  token?: string,
  body?: object,
): Promise<unknown> {
  const url = new URL(`/v1/${path}`, required(environment, 'VAULT_ADDR'));
  const namespace = environment.VAULT_NAMESPACE;
  const headers = { ...(token && { 'X-Vault-Token': token }), ...(namespace && { 'X-Vault-Namespace': namespace }) };
  const options = { method, headers, ...(body && { body: JSON.stringify(body) }), redirect: 'error' as const };
  const response = await fetch(url, { ...options, signal: AbortSignal.timeout(patience(environment)) }).catch(
    (error: Error) => {
      const why = error.name === 'TimeoutError' ? 'does not answer' : 'cannot be reached';
      throw new SourceError('vault', `${url.origin} ${why}.`, 'check VAULT_ADDR and the network');
    },
  );
  if (response.status === 404) return undefined;
  if (!response.ok) throw new SourceError('vault', `answered ${response.status} for ${path}.`, hint(response.status));
  return response.json().catch(() => {
    throw new SourceError('vault', `${url.origin} answered something that is not JSON.`, 'check VAULT_ADDR');
  });
}

/** A token: the given one, or one that Vault gives for an AppRole or for the service account of a Kubernetes pod. */
export async function signIn(environment: Environment): Promise<string> {
  const { VAULT_TOKEN, VAULT_ROLE_ID, VAULT_ROLE_SECRET, VAULT_KUBERNETES_ROLE } = environment;
  if (VAULT_TOKEN) return VAULT_TOKEN;
  if (VAULT_ROLE_ID) return login(environment, 'approle', { role_id: VAULT_ROLE_ID, secret_id: VAULT_ROLE_SECRET });
  const role = VAULT_KUBERNETES_ROLE;
  if (role) return login(environment, 'kubernetes', { role, jwt: await readFile(podToken, 'utf8').catch(() => '') });
  throw new SourceError(
    'vault',
    'there is no way to sign in.',
    'set VAULT_TOKEN (docs/secrets/vault.md has other ways)',
  );
}

async function login(environment: Environment, how: string, body: object): Promise<string> {
  const answer = (await call(environment, 'POST', `auth/${how}/login`, undefined, body)) as Login | undefined;
  if (answer?.auth?.client_token) return answer.auth.client_token;
  throw new SourceError('vault', `signing in by ${how} gave no token.`, 'check the role in Vault');
}

interface Login {
  readonly auth?: { readonly client_token?: string };
}

/** `secret/my-app` is kept under `secret/data/my-app`. */
export function entryPath(path: string, kind: 'data'): string {
  const [store, ...entry] = path.split('/');
  return [store, kind, ...entry].map((part) => encodeURIComponent(part ?? '')).join('/');
}

/** A variable without which Vault cannot be asked. */
export function required(environment: Environment, name: string): string {
  const value = environment[name];
  if (!value) throw new SourceError('vault', `${name} is not set.`, `set ${name} (docs/secrets/vault.md)`);
  return value;
}

function hint(status: number): string {
  return status === 403 ? 'check the token and its policy (docs/secrets/vault.md)' : 'look at the server of Vault';
}
