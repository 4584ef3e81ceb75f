import { describe, expect, test } from 'vitest';
import { guarded } from '../../../src/code/edit/guarded.ts';
import { applySpans, type SpanEdit } from '../../../src/code/edit/spans.ts';

function edit(text: string, at: string, inserted: string, length = 0): SpanEdit {
  const start = text.indexOf(at);
  return { start, end: start + length, text: inserted, why: 'tries it' };
}

describe('edits are made and looked at', () => {
  test('a statement that is added leaves the rest as it was', () => {
    const text = 'a();\nb();\n';
    expect(guarded('a.js', text, [edit(text, 'b();', 'c();\n')])).toEqual({ kind: 'text', text: 'a();\nc();\nb();\n' });
  });

  test.each([
    ['takes the next line into the call', 'a()\n;[1].map(a)\n', ';[1]', '\nb()', 1],
    ['is not read as code', '// a\nb();\n', ' a', ' c();', 0],
    ['cannot be read', 'a();\n', 'a()', 'const = ;', 0],
    ['declares a name twice', 'const a = 1;\n', 'const', 'const a = 2;\n', 0],
    ['goes into a text', 'const a = `b`;\n', 'b`', 'c();', 0],
    ['takes code away', 'a();\nb();\n', 'b()', '//', 0],
  ])('one that %s is refused', (_, text, at, inserted, length) => {
    expect(guarded('a.js', text, [edit(text, at, inserted, length)]).kind).toBe('refused');
  });

  test('two that touch the same characters are refused', () => {
    const text = 'call(1);\n';
    const edits = [edit(text, '1', '2', 1), edit(text, 'call(1)', 'other(1)', 7)];
    expect(guarded('a.js', text, edits).kind).toBe('refused');
    expect(() => applySpans(text, edits)).toThrow();
  });

  test('the same edit twice is made once', () => {
    const text = 'a();\n';
    expect(applySpans(text, [edit(text, 'a', 'b();'), edit(text, 'a', 'b();')])).toBe('b();a();\n');
  });

  test('offsets count from after the byte order mark, and it stays', () => {
    expect(applySpans('\uFEFFa();', [{ start: 0, end: 1, text: 'b', why: '' }])).toBe('\uFEFFb();');
  });
});
