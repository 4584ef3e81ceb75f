import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { checkFlags } from '../../src/commands/check-flags.ts';

interface Action {
  readonly inputs: Readonly<Record<string, { readonly description: string; readonly default: string }>>;
  readonly runs: {
    readonly using: string;
    readonly steps: readonly { readonly run: string; readonly env: Readonly<Record<string, string>> }[];
  };
}

const action = parse(readFileSync('action.yml', 'utf8')) as Action;

test('the action runs the version that it belongs to', () => {
  const { version } = JSON.parse(readFileSync('package.json', 'utf8')) as { version: string };
  expect(String(action.inputs['version']?.default)).toBe(version);
});

test('no input is read as a command: each one comes as an environment variable', () => {
  for (const { run, env } of action.runs.steps) {
    expect(run).not.toContain('${{');
    const given = Object.values(env).map((value) => /^\$\{\{ inputs\.([\w-]+) \}\}$/.exec(value)?.[1]);
    expect(given.toSorted()).toEqual(Object.keys(action.inputs).toSorted());
  }
});

test('its flags are flags of check', () => {
  const flags = action.runs.steps
    .flatMap(({ run }) => run.match(/(?<=\s|\()--[a-z-]+/g) ?? [])
    .filter((flag) => flag !== '--yes');
  const known = new Set<string>(checkFlags.map(({ name }) => name));
  expect(flags.filter((flag) => !known.has(flag))).toEqual([]);
});
