import { expect, test } from 'vitest';
import { printable } from '../../src/repository/printable.ts';

test.each([
  ['\u001b[2J\u001b]0;title\u0007', '\\u{1b}[2J\\u{1b}]0;title\\u{7}'],
  ['a\nb\r\tc', 'a\\nb\\u{d}\\u{9}c'],
  ['\u009b31m', '\\u{9b}31m'],
  ['user\u202egnp.js', 'user\\u{202e}gnp.js'],
  ['half \ud83d pair', 'half \\u{d83d} pair'],
  ['tag\u{e0041}', 'tag\\u{e0041}'],
  ['zero\u200bwidth', 'zero\\u{200b}width'],
])('%j is shown as %s', (text, shown) => {
  expect(printable(text)).toBe(shown);
});

test.each(['src/ä/日本語/😀.ts', "it's \\ fine"])('%s stays as it is', (text) => {
  expect(printable(text)).toBe(text);
});
