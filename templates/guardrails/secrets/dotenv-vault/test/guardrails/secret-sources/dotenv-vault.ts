// Tries dotenv-vault as a source of secrets, with a file and a key that are made up and thrown away.
import { createCipheriv, randomBytes } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { open, vaultFile } from '../../../src/guardrails/secrets/dotenv-vault.ts';
import type { Harness, Values } from './harness.ts';

const folder = await mkdtemp(join(tmpdir(), 'secrets-'));
const secret = randomBytes(32);

async function openWith(values: Values, keys: string): Promise<ReturnType<typeof open>> {
  const lines = Object.entries(values).map(([name, value]) => `${name}='${value}'`);
  const nonce = randomBytes(12);
  const cipher = createCipheriv('aes-256-gcm', secret, nonce);
  const block = Buffer.concat([nonce, cipher.update(lines.join('\n')), cipher.final(), cipher.getAuthTag()]);
  await writeFile(join(folder, vaultFile), `DOTENV_VAULT_CI="${block.toString('base64')}"\n`);
  return open({ DOTENV_KEY: keys }, folder);
}

function keyOf(bytes: Buffer): string {
  return `dotenv://:key_${bytes.toString('hex')}@dotenv.org/vault/.env.vault?environment=ci`;
}

export const harness: Harness = {
  keeping: (values) => openWith(values, `${keyOf(randomBytes(32))},${keyOf(secret)}`),
  wrongKey: (values) => openWith(values, keyOf(randomBytes(32))),
  noKey: (values) => openWith(values, ''),
  close: () => rm(folder, { recursive: true }),
};
