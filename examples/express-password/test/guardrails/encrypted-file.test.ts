// Shows that .env.encrypted holds nothing that can be read without its key, and that a change of keys needs no break.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseEnv } from 'node:util';
import { afterAll, expect, test } from 'vitest';
import { encrypt, newKeyPair } from '../../scripts/secrets/encrypt.ts';
import { encryptedFile, keysFile, open, privateKeyName } from '../../src/guardrails/secrets/file.ts';

const folder = mkdtempSync(join(tmpdir(), 'encrypted-'));
const pair = newKeyPair();
afterAll(() => rmSync(folder, { recursive: true }));

test('the file of this project holds no value that is not encrypted', () => {
  const entries = Object.entries(parseEnv(readFileSync(encryptedFile, 'utf8')));
  const readable = entries.filter(
    ([name, value]) => !name.startsWith('DOTENV_PUBLIC_KEY') && !value?.startsWith('encrypted:'),
  );
  expect(readable.map(([name]) => name)).toEqual([]);
});

test('a value that somebody wrote into it in the open is refused', async () => {
  writeFileSync(join(folder, encryptedFile), 'MAIL_KEY=in-the-open\n');
  const start = open({ [privateKeyName]: pair.privateKey }, folder).fetch(['MAIL_KEY']);
  await expect(start).rejects.toThrow('MAIL_KEY is not encrypted');
});

test('while the key is changed, the old and the new one both open it', async () => {
  writeFileSync(join(folder, encryptedFile), `MAIL_KEY=${encrypt('kept', pair.publicKey)}\n`);
  const keys = `${newKeyPair().privateKey},${pair.privateKey}`;
  expect(await open({ [privateKeyName]: keys }, folder).fetch(['MAIL_KEY'])).toEqual({ MAIL_KEY: 'kept' });
});

test('a laptop keeps the key in a file, and names can be listed without it', async () => {
  writeFileSync(join(folder, encryptedFile), `MAIL_KEY=${encrypt('kept', pair.publicKey)}\n`);
  expect(await open({}, folder).holds?.(['MAIL_KEY', 'OTHER'])).toEqual(['MAIL_KEY']);
  await expect(open({}, folder).fetch(['MAIL_KEY'])).rejects.toThrow('not its key');
  writeFileSync(join(folder, keysFile), `${privateKeyName}=${pair.privateKey}\n`);
  expect(await open({}, folder).fetch(['MAIL_KEY'])).toEqual({ MAIL_KEY: 'kept' });
});

test('what was changed after it was encrypted is refused', async () => {
  const sealed = encrypt('kept', pair.publicKey);
  const bytes = Buffer.from(sealed.slice('encrypted:'.length), 'base64');
  bytes[bytes.length - 1] = (bytes.at(-1) ?? 0) ^ 1;
  writeFileSync(join(folder, encryptedFile), `MAIL_KEY=encrypted:${bytes.toString('base64')}\n`);
  const start = open({ [privateKeyName]: pair.privateKey }, folder).fetch(['MAIL_KEY']);
  await expect(start).rejects.toThrow('does not open MAIL_KEY');
});
