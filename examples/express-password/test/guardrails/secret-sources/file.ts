// Tries the encrypted file as a source of secrets, in a folder that is thrown away.
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { encrypt, newKeyPair } from '../../../scripts/secrets/encrypt.ts';
import { encryptedFile, open, privateKeyName } from '../../../src/guardrails/secrets/file.ts';
import type { Harness, Values } from './harness.ts';

const folder = await mkdtemp(join(tmpdir(), 'secrets-'));
const pair = newKeyPair();

async function store(values: Values): Promise<void> {
  const lines = Object.entries(values).map(([name, value]) => `${name}="${encrypt(value, pair.publicKey)}"\n`);
  await writeFile(join(folder, encryptedFile), lines.join(''));
}

async function openWith(values: Values, privateKey: string): Promise<ReturnType<typeof open>> {
  await store(values);
  return open({ [privateKeyName]: privateKey }, folder);
}

export const harness: Harness = {
  keeping: (values) => openWith(values, pair.privateKey),
  wrongKey: (values) => openWith(values, newKeyPair().privateKey),
  noKey: (values) => openWith(values, ''),
  close: () => rm(folder, { recursive: true }),
};
