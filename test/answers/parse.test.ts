import { expect, test } from 'vitest';
import { createFlags } from '../../src/answers/flags.ts';
import { parse } from '../../src/answers/parse.ts';

const parsed = (...argv: string[]): { words: readonly string[]; given: Record<string, string> } => {
  const { words, given } = parse(argv, createFlags);
  return { words, given: Object.fromEntries(given) };
};

test('a flag takes the next word or what follows its equals sign', () => {
  expect(parsed('my-app', '--framework', 'fastify', '--auth=oidc')).toEqual({
    words: ['my-app'],
    given: { '--framework': 'fastify', '--auth': 'oidc' },
  });
});

test('a value may hold an equals sign', () => {
  expect(parsed('--on-call=https://example.com/?team=a').given).toEqual({ '--on-call': 'https://example.com/?team=a' });
});

test('short flags stand for their switches', () => {
  expect(parsed('-y', '-h').given).toEqual({ '--yes': '', '--help': '' });
});

test('words may stand anywhere, and everything after -- is a word', () => {
  expect(parsed('--yes', 'my-app').words).toEqual(['my-app']);
  expect(parsed('--', '--framework').words).toEqual(['--framework']);
});

test('a switch does not eat the word behind it', () => {
  expect(parsed('--dry-run', 'my-app')).toEqual({ words: ['my-app'], given: { '--dry-run': '' } });
});

test.each([
  ['--frame', 'Did you mean --framework?'],
  ['--ownr', 'Did you mean --owner?'],
  ['--Framework', 'Did you mean --framework?'],
  ['--dryrun', 'Did you mean --dry-run?'],
  ['-f', 'There is no flag -f.'],
])('%s is unknown, and the nearest one is named', (flag, message) => {
  expect(() => parsed(flag, 'x')).toThrow(message);
});
