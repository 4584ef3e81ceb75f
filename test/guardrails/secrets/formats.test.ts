// The files of other tools are read as these tools read them, and they read ours.
import { execFileSync } from 'node:child_process';
import { createCipheriv, randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import dotenv from 'dotenv';
import { afterAll, describe, expect, test } from 'vitest';
import { encrypt, newKeyPair } from '../../../templates/guardrails/secrets/file/scripts/secrets/encrypt.ts';
import { decrypt } from '../../../templates/guardrails/secrets/file/src/guardrails/secrets/decrypt.ts';
import { node, projectFolder } from './project-folder.ts';

const program = resolve('node_modules/@dotenvx/dotenvx/src/cli/dotenvx.js');
const folder = mkdtempSync(join(tmpdir(), 'formats-'));
afterAll(() => rmSync(folder, { recursive: true }));

const awkward = [
  'plain',
  'with spaces and #',
  `'single' and "double"`,
  'ünïcode ✓',
  'line one\nline two',
  'x'.repeat(5000),
];

describe('dotenvx', () => {
  test('reads what we have encrypted', () => {
    const { publicKey, privateKey } = newKeyPair();
    const values = Object.fromEntries(awkward.map((value, index) => [`SECRET_${index}`, value]));
    const lines = Object.entries(values).map(([name, value]) => `${name}="${encrypt(value, publicKey)}"\n`);
    writeFileSync(join(folder, '.env.encrypted'), `DOTENV_PUBLIC_KEY_ENCRYPTED=${publicKey}\n${lines.join('')}`);
    writeFileSync(join(folder, '.env.keys'), `DOTENV_PRIVATE_KEY_ENCRYPTED=${privateKey}\n`);
    expect(JSON.parse(dotenvx(['get']))).toMatchObject(values);
  });

  test.each(awkward)('encrypts what we can read: %.20s', (value) => {
    rmSync(join(folder, '.env.keys'), { force: true });
    writeFileSync(join(folder, '.env.encrypted'), '');
    dotenvx(['set', 'SECRET', value]);
    const stored = dotenv.config({
      path: [join(folder, '.env.encrypted'), join(folder, '.env.keys')],
      processEnv: {},
      quiet: true,
    }).parsed;
    expect(decrypt(stored?.['SECRET'] ?? '', stored?.['DOTENV_PRIVATE_KEY_ENCRYPTED'] ?? '')).toBe(value);
    expect(decrypt(stored?.['SECRET'] ?? '', newKeyPair().privateKey)).toBeUndefined();
  });
});

describe('dotenv-vault', () => {
  const contents = awkward.filter((value) => !value.includes("'")).map((value, index) => `VALUE_${index}='${value}'`);
  const key = randomBytes(32);

  test.each([
    ['one key', uri(key)],
    ['an old and a new key', `${uri(randomBytes(32))},${uri(key)}`],
  ])('what dotenv reads from .env.vault, we read: %s', async (_what, keys) => {
    const { folder: project, remove } = projectFolder(['dotenv-vault'], 'MAIL_KEY');
    const path = join(project, '.env.vault');
    writeFileSync(path, `DOTENV_VAULT_CI="${sealed(contents.join('\n'), key)}"\n`);
    const theirs = dotenv.config({ path, DOTENV_KEY: keys, processEnv: {}, quiet: true }).parsed ?? {};
    expect(Object.keys(theirs)).toHaveLength(contents.length);
    const code = `import { open } from './src/guardrails/secrets/dotenv-vault.ts';
      console.log(JSON.stringify(await open(process.env).fetch(${JSON.stringify(Object.keys(theirs))})));`;
    const ours = execFileSync(node, ['--input-type=module', '-e', code], { cwd: project, env: { DOTENV_KEY: keys } });
    expect(JSON.parse(String(ours))).toEqual(theirs);
    remove();
  });
});

function dotenvx(command: readonly string[]): string {
  const offline = ['--no-armor', '--no-native', '--no-1password', '--no-bitwarden'];
  const values = [program, ...command, '-f', '.env.encrypted', ...offline];
  return execFileSync(process.execPath, values, { cwd: folder, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
}

function uri(secret: Buffer): string {
  return `dotenv://:key_${secret.toString('hex')}@dotenv.org/vault/.env.vault?environment=ci`;
}

function sealed(text: string, secret: Buffer): string {
  const nonce = randomBytes(12);
  const cipher = createCipheriv('aes-256-gcm', secret, nonce);
  return Buffer.concat([nonce, cipher.update(text, 'utf8'), cipher.final(), cipher.getAuthTag()]).toString('base64');
}
