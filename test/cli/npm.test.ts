import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { registryOfOurs, type Registry } from '../support/registry.ts';
import { emptyFolder, listing, plainEnvironment, type Run } from './shipshape.ts';

let scratch = '';
let registry: Registry;
let environment: Record<string, string> = {};

beforeAll(async () => {
  scratch = mkdtempSync(join(tmpdir(), 'shipshape-npm-'));
  registry = await registryOfOurs(scratch, plainEnvironment());
  environment = {
    ...plainEnvironment(),
    npm_config_registry: registry.url,
    npm_config_cache: join(scratch, 'cache'),
    npm_config_userconfig: join(scratch, 'npmrc'),
    npm_config_update_notifier: 'false',
  };
});

afterAll(() => {
  registry.close();
  rmSync(scratch, { recursive: true, force: true });
});

function typed(line: string, folder: string): Promise<Run> {
  return new Promise((resolve) => {
    const child = execFile('sh', ['-c', line], { cwd: folder, env: environment }, (error, out, err) =>
      resolve({ code: error ? Number(error.code) : 0, out, err }),
    );
    child.stdin?.end();
  });
}

test('npm create with -- makes the project', async () => {
  const folder = emptyFolder();
  const run = await typed("npm create --yes shipshape@latest my-app -- --owner '@ana' --no-install --no-git", folder);
  expect(run.err).not.toContain('error');
  expect(run.code).toBe(0);
  expect(listing(folder)).toEqual(['my-app']);
});

test.each([
  ['--dry-run', '--dry-run'],
  ["--owner '@ana' --no-install", "--owner '@ana' --no-install"],
  ['--framework=express', '--framework express'],
  ['--framework express --data none', '--framework express --data none'],
  ['--ci gitlab', '--ci gitlab'],
  ['--no-git', '--no-git'],
])(
  'npm create my-app %s, without --, writes nothing and prints the line that would have worked',
  async (flags, said) => {
    const folder = emptyFolder();
    const run = await typed(`npm create --yes shipshape@latest my-app ${flags}`, folder);
    expect(run.code).toBe(2);
    expect(run.err).toContain(`npm create shipshape@latest my-app -- ${said}`);
    expect(listing(folder)).toEqual([]);
  },
);

test('npx hands flags over by itself', async () => {
  const folder = emptyFolder();
  const run = await typed("npx --yes create-shipshape@latest my-app --owner '@ana' --dry-run", folder);
  expect(run.code).toBe(0);
  expect(run.out).toContain('Nothing was written.');
});

test('a flag in front of the package is npm’s as well, and said so', async () => {
  const folder = emptyFolder();
  const run = await typed("npx --yes --dry-run create-shipshape@latest my-app --owner '@ana'", folder);
  expect(run.code).toBe(2);
  expect(run.err).toContain("npx create-shipshape@latest my-app --owner '@ana' --dry-run");
  expect(listing(folder)).toEqual([]);
});
