import { spawn } from 'node:child_process';
import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { expect, test } from 'vitest';
import { usersNode } from '../support/users-node.ts';
import { bin, emptyFolder, listing, plainEnvironment, shipshape, type Run } from './shipshape.ts';

const words = ['my-app', '--owner', '@ana'];

/** A folder for the PATH with a package manager that does what the script says. */
function managerThat(script: string, name = 'npm'): string {
  const folder = join(emptyFolder(), 'bin');
  mkdirSync(folder);
  writeFileSync(join(folder, name), `#!/bin/sh\n${script}\n`);
  chmodSync(join(folder, name), 0o755);
  return `${folder}${delimiter}${process.env['PATH']}`;
}

test('what was installed is verified by its own check, and the tests are counted', () => {
  const PATH = managerThat('[ "$1" = install ] || printf " Test Files  9 passed (9)\\n      Tests  96 passed (96)\\n"');
  const folder = emptyFolder();
  const run = shipshape(words, folder, { PATH });
  expect(run.err).toBe('');
  expect(run.code).toBe(0);
  expect(run.out).toMatch(/Verified by npm run check: types, lint and 96 tests passed in \d/);
  expect(run.out).toContain('Next\n  cd my-app\n  npm run ');
});

test('a failed installation keeps the files, says what failed, and ends with 2', () => {
  const PATH = managerThat('echo "npm error code ERESOLVE" >&2; exit 1');
  const folder = emptyFolder();
  const run = shipshape(words, folder, { PATH });
  expect(run.code).toBe(2);
  expect(run.err).toContain('npm error code ERESOLVE');
  expect(run.err).toContain('cd my-app && npm install');
  expect(listing(join(folder, 'my-app'))).toContain('package.json');
  expect(run.out).not.toContain('Created');
});

test('a failed check ends with 1 and shows the end of its output', () => {
  const PATH = managerThat('[ "$1" = install ] && exit 0; echo "AssertionError: expected 401"; exit 1');
  const run = shipshape(words, emptyFolder(), { PATH });
  expect(run.code).toBe(1);
  expect(run.out).toContain('Not verified');
  expect(run.out).toContain('AssertionError: expected 401');
});

test('the package manager that ran us installs, and its own commands are printed', () => {
  const PATH = managerThat('exit 0', 'bun');
  const run = shipshape(words, emptyFolder(), { PATH, npm_config_user_agent: 'bun/1.3.0 npm/? node/v22.18.0' });
  expect(run.out).toContain('bun run check');
  expect(run.out).toMatch(/bun create shipshape@\S+ my-app --starter/);
});

test('the installation is not told what the npm that started us was told', () => {
  const PATH = managerThat('env | grep -E "^(npm_config_yes|NODE_ENV|npm_package_name)=" && exit 1; exit 0');
  const inherited = { NODE_ENV: 'production', npm_config_yes: 'true', npm_package_name: 'other' };
  expect(shipshape(words, emptyFolder(), { PATH, ...inherited }).code).toBe(0);
});

test('Ctrl-C while installing leaves the project, stops the installation and names the next command', async () => {
  const PATH = managerThat('echo started > ../started; exec sleep 30');
  const folder = emptyFolder();
  const run = await interruptedWhen(() => listing(folder).includes('started'), folder, PATH);
  expect(run.code).toBe(130);
  expect(run.err).toContain('The project stays in');
  expect(run.err).toContain('cd my-app && npm install');
  expect(listing(folder)).toEqual(['my-app', 'started']);
});

/** Starts create, sends it Ctrl-C as soon as something is the case, and waits for the end. */
async function interruptedWhen(isCase: () => boolean, folder: string, PATH: string): Promise<Run> {
  const child = spawn(usersNode, [bin, ...words], { cwd: folder, env: { ...plainEnvironment(), PATH } });
  const said = { out: '', err: '' };
  child.stdout.on('data', (data: Buffer) => (said.out += data.toString()));
  child.stderr.on('data', (data: Buffer) => (said.err += data.toString()));
  const timer = setInterval(() => {
    if (!isCase()) return;
    clearInterval(timer);
    child.kill('SIGINT');
  }, 20);
  const code = await new Promise<number | null>((resolve) => child.on('close', resolve));
  return { code, ...said };
}
