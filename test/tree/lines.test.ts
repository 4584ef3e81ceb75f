import { describe, expect, test } from 'vitest';
import { appendLine, byCodeUnit, insertIntoList } from '../../src/tree/lines.ts';

const list = {
  opens: /^const table = \{$/,
  closes: /^\}/,
  keyOf: (line: string) => /^ {2}(\w+):/.exec(line)?.[1],
  compare: byCodeUnit,
};
const text = ['// a table', 'const table = {', '  // kept', '  b: 2,', '  d: 4,', '};', ''].join('\n');

describe('insertIntoList', () => {
  test.each([
    ['  a: 1,', ['  // kept', '  a: 1,', '  b: 2,', '  d: 4,']],
    ['  c: 3,', ['  // kept', '  b: 2,', '  c: 3,', '  d: 4,']],
    ['  e: 5,', ['  // kept', '  b: 2,', '  d: 4,', '  e: 5,']],
  ])('puts %j where its key belongs', (line, expected) => {
    expect(insertIntoList(text, list, line)).toBe(['// a table', 'const table = {', ...expected, '};', ''].join('\n'));
  });

  test('leaves a key that is there, a missing list and a list without end alone', () => {
    expect(insertIntoList(text, list, '  b: 9,')).toBe(false);
    expect(insertIntoList('nothing here\n', list, '  b: 9,')).toBe(false);
    expect(insertIntoList('const table = {\n', list, '  b: 9,')).toBe(false);
  });

  test('keeps Windows line ends', () => {
    const windows = text.replaceAll('\n', '\r\n');
    const edited = insertIntoList(windows, list, '  c: 3,');
    expect(edited).toBe(windows.replace('  d: 4,', '  c: 3,\r\n  d: 4,'));
  });
});

describe('appendLine', () => {
  test('adds the line once and ends the file with a line end', () => {
    expect(appendLine('node_modules/', '.env')).toBe('node_modules/\n.env\n');
    expect(appendLine('node_modules/\n.env\n', '.env')).toBe(false);
    expect(appendLine('', '.env')).toBe('.env\n');
    expect(appendLine('a\r\n', '.env')).toBe('a\r\n.env\r\n');
  });
});
