// Puts a secret into the encrypted file, and makes its key pair the first time.
import { existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { parseEnv } from 'node:util';
import { encryptedFile, keysFile, privateKeyName } from '../../src/guardrails/secrets/file.ts';
import { encrypt, newKeyPair } from './encrypt.ts';
import { withLine, writeLine } from './private-file.ts';

const publicKeyName = 'DOTENV_PUBLIC_KEY_ENCRYPTED';

/** Encrypts the secret with the public key, so whoever sets it need not be able to read the others. */
export async function write(name: string, value: string): Promise<string> {
  const text = existsSync(encryptedFile) ? await readFile(encryptedFile, 'utf8') : '';
  const known = parseEnv(text)[publicKeyName];
  const publicKey = known ?? (await makeKeyPair());
  const locked = withLine(withLine(text, publicKeyName, publicKey), name, encrypt(value, publicKey));
  await writeFile(encryptedFile, locked);
  const stored = `written to ${encryptedFile}, encrypted. Commit that file.`;
  return known ? stored : `${stored}\n${newKeyAdvice}`;
}

/** Keeps the private key on this computer. A key that is there already is never replaced: it may open other values. */
async function makeKeyPair(): Promise<string> {
  const keys = existsSync(keysFile) ? parseEnv(await readFile(keysFile, 'utf8')) : {};
  if (keys[privateKeyName])
    throw new Error(
      `${keysFile} has a key, but ${encryptedFile} does not name its public half. Next: restore ${encryptedFile} from git`,
    );
  const { publicKey, privateKey } = newKeyPair();
  await writeLine(keysFile, privateKeyName, privateKey);
  return publicKey;
}

const newKeyAdvice = `A new key pair was made. The private key is in ${keysFile}, which git ignores; whoever has it can read every secret.
Next: put it into your password manager, and into CI and production as ${privateKeyName} (docs/secrets.md says how).`;
