import { expect, test } from 'vitest';
import { repositoryOf } from '../support/repository.ts';

test('code that is nested without end does not parse, and says so', () => {
  const repository = repositoryOf({
    'brackets.js': '['.repeat(50_000) + ']'.repeat(50_000),
    'calls.ts': 'f('.repeat(50_000) + ')'.repeat(50_000),
    'fine.js': 'ok()',
  });
  expect(repository.module('brackets.js')).toBeUndefined();
  expect(repository.module('calls.ts')).toBeUndefined();
  expect(repository.module('fine.js')?.tree.type).toBe('File');
  expect(repository.unparsed).toEqual([
    { path: 'brackets.js', why: 'nested too deeply' },
    { path: 'calls.ts', why: 'nested too deeply' },
  ]);
});

test('a file that does not parse is told once', () => {
  const repository = repositoryOf({ 'a.js': 'const = ;' });
  repository.module('a.js');
  repository.module('a.js');
  expect(repository.unparsed).toHaveLength(1);
});

test('code that is no text is told', () => {
  const repository = repositoryOf({ 'a.js': '\0\u0001\u0002'.repeat(50) });
  expect(repository.module('a.js')).toBeUndefined();
  expect(repository.notRead).toEqual([{ path: 'a.js', why: 'code by its name, and no text' }]);
});

test('a file that is not there is undefined, whatever its name', () => {
  const repository = repositoryOf({ 'a.js': '' });
  for (const path of ['b.js', '../a.js', '/etc/passwd', '__proto__', 'constructor', 'toString.js']) {
    expect(repository.read(path)).toBeUndefined();
    expect(repository.module(path)).toBeUndefined();
    expect(repository.file(path)).toBeUndefined();
  }
});
