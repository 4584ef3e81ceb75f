import { describe, expect, test } from 'vitest';
import { createFlags } from '../../src/answers/flags.ts';
import { answersOn } from '../../src/answers/given.ts';
import { parse } from '../../src/answers/parse.ts';
import { flagsFor, replayLine } from '../../src/answers/replay.ts';
import { settle, whoRanUs, type Circumstances } from '../../src/answers/settle.ts';

const circumstances: Circumstances = {
  clock: new Date('2026-11-22T08:00:00Z'),
  nodeVersion: '22.18.0',
  userAgent: undefined,
};

function answers(...argv: string[]) {
  return settle(answersOn(parse(argv, createFlags), '/work', circumstances.clock), circumstances);
}

test('an owner is all that must be said', () => {
  expect(answers('my-app', '--owner', '@ana')).toEqual({
    name: 'my-app',
    directory: 'my-app',
    starter: 'api',
    framework: 'hono',
    auth: 'password',
    signUp: { mode: 'closed' },
    secrets: ['env', 'file'],
    ci: 'github',
    owner: '@ana',
    onCall: '@ana',
    data: 'internal',
    expires: '2027-01-21',
    afterExpiry: 'warn',
    runtime: 'system',
    packageManager: 'npm',
    install: true,
    git: true,
  });
});

test('every answer survives the way through its own flags', () => {
  const flags = [
    '--sign-up',
    'domain:example.com',
    '--secrets',
    'vault,env',
    '--second-owner',
    '@b',
    '--on-call',
    '+49 30 1234',
  ];
  const given = answers('apps/my-app', '--owner', '@a', ...flags, '--no-git', '--no-install', '--expires', '3d');
  expect(answers(given.directory, ...flagsFor(given))).toEqual(given);
});

test.each([
  ['npm/11.19.1 node/v20.20.2 linux x64', 'npm'],
  ['pnpm/12.21.0 npm/? node/v22', 'pnpm'],
  ['yarn/4.1.0 npm/? node/v22', 'yarn'],
  ['bun/1.3.0', 'bun'],
  [undefined, 'npm'],
])('run by %s, %s installs', (agent, manager) => {
  expect(whoRanUs(agent)).toBe(manager);
});

test.each([
  ['20.19.0', 'pinned'],
  ['22.17.9', 'pinned'],
  ['22.18.0', 'system'],
  ['26.10.0', 'system'],
])('on Node %s the project has a runtime that is %s', (nodeVersion, runtime) => {
  expect(settle({ name: 'a', directory: 'a', owner: '@a' }, { ...circumstances, nodeVersion }).runtime).toBe(runtime);
});

describe.each(['pnpm', 'yarn'] as const)('%s cannot bring Node along', (packageManager) => {
  const given = { name: 'a', directory: 'a', owner: '@a', packageManager };
  const old = { ...circumstances, nodeVersion: '20.20.2' };

  test('so the project runs on the one that is installed', () => {
    expect(settle(given, circumstances).runtime).toBe('system');
    expect(settle({ ...given, install: false }, old).runtime).toBe('system');
  });

  test('so a Node that is too old, or a pinned one, is refused', () => {
    expect(() => settle(given, old)).toThrow('cannot bring its own Node.js');
    expect(() => settle({ ...given, runtime: 'pinned' }, circumstances)).toThrow('cannot bring its own Node.js');
  });
});

function lineFor(...flags: string[]): string {
  return replayLine(answers("Ana's apps/my-app", '--owner', '@ana', ...flags), '1.2.3');
}

describe('the replay line', () => {
  test('has -- for npm and quotes what a shell would read', () => {
    expect(lineFor()).toMatch(
      /^npm create shipshape@1\.2\.3 'Ana'\\''s apps\/my-app' -- --starter api .*--owner '@ana'/,
    );
  });
  test.each(['pnpm', 'yarn', 'bun'])('has none for %s', (manager) => {
    const line = lineFor('--package-manager', manager);
    expect(line.startsWith(`${manager} create shipshape`)).toBe(true);
    expect(line).not.toContain(' -- ');
  });
});
