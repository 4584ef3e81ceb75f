// Secrets from .env.vault, an encrypted file made by dotenv-vault: only a DOTENV_KEY opens it, without any network.
import { createDecipheriv } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseEnv } from 'node:util';
import { type Environment, pick, type SecretSource, SourceError } from './source.ts';

/** The encrypted file, with one block for each environment. */
export const vaultFile = '.env.vault';

/** Opens the file as a source of secrets; `folder` is where it lies. */
export function open(environment: Environment, folder = '.'): SecretSource {
  const fetch = async (names: readonly string[]): Promise<Record<string, string>> => {
    if (names.length === 0) return {};
    return pick(parseEnv(opened(await blocks(join(folder, vaultFile)), environment.DOTENV_KEY ?? '')), names);
  };
  return { name: 'dotenv-vault', fetch };
}

async function blocks(path: string): Promise<NodeJS.Dict<string>> {
  const text = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    throw failure(`${path} cannot be read (${error.code}).`, 'npx dotenv-vault build');
  });
  return parseEnv(text);
}

/** While a key is being changed there are two, with a comma between them: the first that fits opens its block. */
function opened(vault: NodeJS.Dict<string>, keys: string): string {
  if (keys === '') throw failure('the key is missing.', 'set DOTENV_KEY (docs/secrets/dotenv-vault.md)');
  for (const key of keys.split(',')) {
    const text = decrypt(vault, key.trim());
    if (text !== undefined) return text;
  }
  throw failure(`DOTENV_KEY does not open ${vaultFile}.`, 'npx dotenv-vault keys');
}

/** A key says which block it is for: dotenv://:<key>@dotenv.org/vault/.env.vault?environment=production */
function decrypt(vault: NodeJS.Dict<string>, key: string): string | undefined {
  try {
    const { password, searchParams } = new URL(key);
    const block = vault[`DOTENV_VAULT_${searchParams.get('environment')?.toUpperCase()}`] ?? '';
    const bytes = Buffer.from(block, 'base64');
    const secret = Buffer.from(password.slice(-64), 'hex');
    const decipher = createDecipheriv('aes-256-gcm', secret, bytes.subarray(0, 12), { authTagLength: 16 });
    return (
      decipher.setAuthTag(bytes.subarray(-16)).update(bytes.subarray(12, -16), undefined, 'utf8') +
      decipher.final('utf8')
    );
  } catch {
    return undefined;
  }
}

function failure(what: string, next: string): SourceError {
  return new SourceError('dotenv-vault', what, next);
}
