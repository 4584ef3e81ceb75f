// Secrets from HashiCorp Vault or OpenBao: the fields of one entry of a key-value store (KV version 2).
import { pick, type Environment, type SecretSource } from './source.ts';
import { call, entryPath, required, signIn } from './vault-client.ts';

/** Opens the store that VAULT_ADDR and VAULT_SECRET_PATH name. */
export function open(environment: Environment): SecretSource {
  const fetch = async (names: readonly string[]): Promise<Record<string, string>> => {
    if (names.length === 0) return {};
    const path = entryPath(required(environment, 'VAULT_SECRET_PATH'), 'data');
    const entry = await call(environment, 'GET', path, await signIn(environment));
    return pick((entry as Entry | undefined)?.data?.data ?? {}, names);
  };
  return { name: 'vault', fetch };
}

/** What the store answers: the fields, and the number of the version that they are. */
export interface Entry {
  readonly data?: {
    readonly data?: Readonly<Record<string, unknown>>;
    readonly metadata?: { readonly version?: number };
  };
}
