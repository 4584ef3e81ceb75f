import { describe, expect, test } from 'vitest';
import { createFlags } from '../../src/answers/flags.ts';
import { refuseSwallowedFlags } from '../../src/answers/swallowed.ts';
import { failureOf } from '../../src/errors.ts';

const npm = { npm_command: 'init', npm_config_user_agent: 'npm/11.19.1 node/v20.20.2', npm_config_yes: 'true' };

function refusal(argv: string[], environment: Record<string, string>): string | undefined {
  try {
    refuseSwallowedFlags(argv, createFlags, environment);
    return undefined;
  } catch (error) {
    return failureOf(error).next;
  }
}

describe('what npm 11 hands over when -- is missing', () => {
  test.each([
    ['a switch', ['my-app'], { npm_config_dry_run: 'true' }, '--dry-run'],
    ['a flag that takes something away', ['my-app'], { npm_config_install: '' }, '--no-install'],
    ['the same, under a name that npm has too', ['my-app'], { npm_config_git: 'false' }, '--no-git'],
    ['a value as a stray word', ['my-app', 'express'], { npm_config_framework: 'true' }, '--framework express'],
    ['a value after =', ['my-app'], { npm_config_owner: '@ana' }, "--owner '@ana'"],
    ['--ci, which npm takes for --cidr', ['my-app'], { npm_config_cidr: 'gitlab' }, '--ci gitlab'],
    [
      'two of them',
      ['my-app', '@ana', '@ben'],
      { npm_config_owner: 'true', npm_config_second_owner: 'true' },
      "--owner '@ana' --second-owner '@ben'",
    ],
  ])('%s', (_what, argv, swallowed, flags) => {
    expect(refusal(argv, { ...npm, ...swallowed })).toBe(`npm create shipshape@latest my-app -- ${flags}`);
  });

  test('npx is told without --', () => {
    expect(refusal(['my-app'], { ...npm, npm_command: 'exec', npm_config_json: 'true' })).toBe(
      'npx create-shipshape@latest my-app --json',
    );
  });
});

describe('what is no swallowed flag', () => {
  test.each([
    ['--yes, which npx sets itself', ['my-app'], npm],
    ['a flag that arrived as well', ['my-app', '--dry-run'], { ...npm, npm_config_dry_run: 'true' }],
    [
      'a setting of the same name with a value that is not ours',
      ['my-app'],
      { ...npm, npm_config_runtime: 'electron' },
    ],
    ['colours that are on', ['my-app'], { ...npm, npm_config_color: 'true' }],
    [
      'pnpm, which hands everything over',
      ['my-app'],
      { ...npm, npm_config_user_agent: 'pnpm/12', npm_config_json: 'true' },
    ],
    ['no npm at all', ['my-app'], { npm_config_json: 'true' }],
  ])('%s', (_what, argv, environment) => {
    expect(refusal(argv, environment)).toBeUndefined();
  });
});
