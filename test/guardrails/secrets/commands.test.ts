// The commands for secrets of a generated project, run as a person runs them.
import { spawn, spawnSync } from 'node:child_process';
import { createServer } from 'node:http';
import { readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import { node, projectFolder } from './project-folder.ts';

const value = 'correct horse "battery" $taple #1';
const { folder, remove } = projectFolder(['env', 'file', 'vault'], 'MAIL_KEY');
afterAll(remove);
beforeEach(() => ['.env', '.env.keys'].forEach((file) => rmSync(join(folder, file), { force: true })));

describe('secrets:set', () => {
  test('writes to the first place, readable by its owner only', () => {
    const { status, stdout } = run('set', ['MAIL_KEY'], value);
    expect(stdout).toContain('MAIL_KEY: written to .env');
    expect(status).toBe(0);
    expect(statSync(join(folder, '.env')).mode & 0o777).toBe(0o600);
    expect(run('list').stdout).toContain('MAIL_KEY\tenv\t');
    expect(valueIn('env')).toBe(value);
  });

  test('makes a key pair, and the app reads what was encrypted', () => {
    rmSync(join(folder, '.env.encrypted'), { force: true });
    const first = run('set', ['MAIL_KEY', '--to', 'file'], 'an older value');
    expect(first.stdout).toMatch(/key pair was made.*\.env\.keys/);
    expect(run('set', ['MAIL_KEY', '--to', 'file'], value).stdout).not.toContain('key pair');
    expect(read('.env.encrypted')).toMatch(/^MAIL_KEY=encrypted:[\w+/=]+$/m);
    expect(read('.env.encrypted').match(/MAIL_KEY/g)).toHaveLength(1);
    expect(statSync(join(folder, '.env.keys')).mode & 0o777).toBe(0o600);
    expect(valueIn('file')).toBe(value);
  });

  test('needs no private key to set, and never replaces one', () => {
    expect(run('set', ['MAIL_KEY', '--to', 'file'], value).status).toBe(0);
    expect(run('list', [], '', { SECRET_SOURCES: 'file' }).stdout).toContain('MAIL_KEY\tfile');
    writeFileSync(join(folder, '.env.encrypted'), '');
    writeFileSync(join(folder, '.env.keys'), 'DOTENV_PRIVATE_KEY_ENCRYPTED=abc\n');
    expect(run('set', ['MAIL_KEY', '--to', 'file'], value).stderr).toContain('restore .env.encrypted from git');
    expect(read('.env.keys')).toContain('abc');
  });

  test('makes a random value', () => {
    expect(run('set', ['MAIL_KEY', '--generate']).status).toBe(0);
    expect(read('.env')).toMatch(/^MAIL_KEY=[\w-]{43}$/m);
  });

  test.each([
    ['a value on the command line', ['MAIL_KEY', value]],
    ['a value behind an equals sign', [`MAIL_KEY=${value}`]],
    ['an unknown name', ['MAIL']],
    ['a plain setting', ['PORT']],
    ['a place that is not there', ['MAIL_KEY', '--to', 'aws']],
  ])('refuses %s', (_what, values) => {
    const { status, stdout, stderr } = run('set', values, value);
    expect(status).toBe(2);
    expect(stderr).toMatch(/\S/);
    expect(stdout + stderr).not.toContain(value);
  });

  test('refuses a value that does not fit, without showing it', () => {
    const { status, stderr } = run('set', ['MAIL_KEY'], 'tooshort');
    expect(status).toBe(2);
    expect(stderr).toContain('>=12 characters');
    expect(stderr).not.toContain('tooshort');
  });
});

describe('secrets:doctor', () => {
  test('is content with a good project, and names what is wrong with another', () => {
    spawnSync('git', ['init', '--quiet'], { cwd: folder });
    run('set', ['MAIL_KEY'], value);
    const good = run('doctor', [], '', { SECRET_SOURCES: 'env' });
    expect(good.stdout).not.toContain('WRONG');
    expect(good.status).toBe(0);

    writeFileSync(join(folder, '.gitignore'), '');
    spawnSync('chmod', ['644', '.env'], { cwd: folder });
    const bad = run('doctor', [], '', { SECRET_SOURCES: 'env,vault', MAIL_KEY: '' });
    expect(bad.status).toBe(1);
    for (const sign of ['git does not ignore .env', 'chmod 600 .env', 'VAULT_SECRET_PATH is not set'])
      expect(bad.stdout).toContain(sign);
    expect(good.stdout + bad.stdout).not.toContain('horse');
  });
});

test('Vault keeps the other fields of its entry, and refuses a write that was overtaken', async () => {
  const entry = { data: { OTHER: 'kept' } as Record<string, string>, version: 3 };
  const server = createServer(async (request, response) => {
    if (request.method === 'GET')
      return response.end(JSON.stringify({ data: { data: entry.data, metadata: { version: entry.version } } }));
    let body = '';
    for await (const chunk of request) body += String(chunk);
    const { data, options } = JSON.parse(body) as { data: Record<string, string>; options: { cas: number } };
    if (options.cas !== entry.version) return response.writeHead(400).end();
    entry.data = data;
    return response.end('{}');
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const { port } = server.address() as { port: number };
  const environment = {
    VAULT_ADDR: `http://127.0.0.1:${port}`,
    VAULT_SECRET_PATH: 'secret/app',
    VAULT_TOKEN: 'stand-in',
  };
  const { stdout } = await runBeside('set', ['MAIL_KEY', '--to', 'vault'], environment);
  expect(stdout).toContain('written to secret/app in Vault');
  expect(entry.data).toEqual({ OTHER: 'kept', MAIL_KEY: value });
  server.close();
});

function run(command: string, values: readonly string[] = [], input = '', environment: Record<string, string> = {}) {
  const options = {
    cwd: folder,
    input: input === '' ? '' : `${input}\n`,
    encoding: 'utf8',
    env: { PATH: process.env['PATH'], ...environment },
  } as const;
  return spawnSync(node, [`scripts/secrets/${command}.ts`, ...values], options);
}

/** The same while this process goes on, so that it can be the server. */
async function runBeside(command: string, values: readonly string[], environment: Record<string, string>) {
  const env = { PATH: process.env['PATH'], ...environment };
  const child = spawn(node, [`scripts/secrets/${command}.ts`, ...values], {
    cwd: folder,
    env,
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  child.stdin.end(`${value}\n`);
  return { stdout: await text(child.stdout) };
}

/** What the app gets when only this source is asked. */
function valueIn(source: string): string {
  const code = "import { config } from './src/guardrails/config.ts'; process.stdout.write(config.MAIL_KEY);";
  const env = { PATH: process.env['PATH'], SECRET_SOURCES: source };
  return spawnSync(node, ['--input-type=module', '-e', code], { cwd: folder, encoding: 'utf8', env }).stdout;
}

function read(file: string): string {
  return readFileSync(join(folder, file), 'utf8');
}
