// Secrets from .env.encrypted, a file in dotenvx format that may be committed: only the private key opens it.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseEnv } from 'node:util';
import { decrypt } from './decrypt.ts';
import { type Environment, pick, type SecretSource, SourceError } from './source.ts';

/** The encrypted file; its name decides the names of its keys. */
export const encryptedFile = '.env.encrypted';
/** Keeps the private key on a laptop; ignored by git. */
export const keysFile = '.env.keys';
/** The environment variable that holds the private key in CI and in production. */
export const privateKeyName = 'DOTENV_PRIVATE_KEY_ENCRYPTED';

/** Opens the encrypted file as a source of secrets; `folder` is where the file lies. */
export function open(environment: Environment, folder = '.'): SecretSource {
  const read = async (names: readonly string[]): Promise<Record<string, string>> =>
    pick(await parsed(join(folder, encryptedFile)), names);

  const fetch = async (names: readonly string[]): Promise<Record<string, string>> => {
    const encrypted = Object.entries(await read(names));
    if (encrypted.length === 0) return {};
    const keys = environment[privateKeyName] || (await parsed(join(folder, keysFile)))[privateKeyName];
    if (!keys) throw new SourceError('file', `${encryptedFile} is there, but not its key.`, `set ${privateKeyName}`);
    return Object.fromEntries(encrypted.map(([name, text]) => [name, opened(name, text, keys.split(','))]));
  };
  return { name: 'file', fetch, holds: async (names) => Object.keys(await read(names)) };
}

/** While a key is being changed there are two: the first that fits opens the value. */
function opened(name: string, text: string, keys: readonly string[]): string {
  if (!text.startsWith('encrypted:'))
    throw new SourceError('file', `${name} is not encrypted in ${encryptedFile}.`, `npm run secrets:set -- ${name}`);
  for (const key of keys) {
    const value = decrypt(text, key.trim());
    if (value !== undefined) return value;
  }
  throw new SourceError('file', `the private key does not open ${name}.`, `set ${privateKeyName} to the right key`);
}

async function parsed(path: string): Promise<NodeJS.Dict<string>> {
  const text = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return '';
    throw new SourceError('file', `${path} cannot be read (${error.code}).`, 'look at the rights of the file');
  });
  return parseEnv(text);
}
