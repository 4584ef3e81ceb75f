import { describe, expect, test } from 'vitest';
import { parse } from 'dotenv';
import { parseEnv } from 'node:util';
import { envLine, ignoring, withEnvEntries, withEnvNames } from '../../../src/secrets/extract/env-text.ts';

describe('lines of a .env file', () => {
  test.each([
    'plain-Text_1',
    'with space',
    'with # hash',
    `with ' quote`,
    'with " quotes',
    '$HOME and ${HOME}',
    'first\nsecond\n',
    String.raw`back\nslash`,
    'a=b==',
    '',
    '`tick`',
    `both ' and "`,
  ])('%j is read back as it was', (value) => {
    const line = envLine({ name: 'KEY', value });
    expect(parse(line)['KEY']).toBe(value);
    expect(parseEnv(line)['KEY']).toBe(value);
  });

  test('what is there already stays, and line ends too', () => {
    const text = withEnvEntries('A=1\r\nB=2', [
      { name: 'A', value: 'x' },
      { name: 'C', value: 'y' },
    ]);
    expect(text).toBe('A=1\r\nB=2\r\nC=y\r\n');
    expect(withEnvEntries(text, [{ name: 'C', value: 'z' }])).toBe(text);
  });

  test('the example has names only', () => {
    expect(withEnvNames('# settings\nA=\n', ['A', 'B'])).toBe('# settings\nA=\nB=\n');
    expect(withEnvNames(undefined, ['A'])).toBe('A=\n');
  });
});

describe('ignore files', () => {
  test.each([
    [undefined, '.env\n.env.*\n!.env.example\n'],
    ['node_modules\r\n', 'node_modules\r\n.env\r\n.env.*\r\n!.env.example\r\n'],
    ['.env*\n', '.env*\n!.env.example\n'],
    ['.env', '.env\n.env\n.env.*\n!.env.example\n'],
  ])('%j', (before, after) => {
    const result = ignoring(before);
    expect(result).toEqual({ kind: 'text', text: after });
    expect(ignoring(after)).toEqual({ kind: 'there' });
  });

  test.each([
    ['UTF-16 with its mark', Buffer.from('\uFEFFnode_modules\n.env\n', 'utf16le')],
    ['UTF-16 without', Buffer.from('node_modules\n.env\n', 'utf16le')],
  ])('one in %s is explained and left alone', (_, bytes) => {
    expect(ignoring(bytes)).toMatchObject({ kind: 'explained', lines: ['.env', '.env.*', '!.env.example'] });
  });
});
