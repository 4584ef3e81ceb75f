// Puts a secret into Vault, beside the other fields of the entry.
import type { Environment } from '../../src/guardrails/secrets/source.ts';
import { call, entryPath, required, signIn } from '../../src/guardrails/secrets/vault-client.ts';
import type { Entry } from '../../src/guardrails/secrets/vault.ts';

/** Writes a new version of the entry. Vault refuses it (`cas`) when somebody else has written in between. */
export async function write(name: string, value: string, environment: Environment): Promise<string> {
  const entry = required(environment, 'VAULT_SECRET_PATH');
  const path = entryPath(entry, 'data');
  const token = await signIn(environment);
  const { data } = ((await call(environment, 'GET', path, token)) ?? {}) as Entry;
  const options = { cas: data?.metadata?.version ?? 0 };
  await call(environment, 'POST', path, token, { options, data: { ...data?.data, [name]: value } });
  return `written to ${entry} in Vault. The app reads it at its next start.`;
}
