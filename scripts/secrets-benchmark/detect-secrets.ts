// Reads the tables of detect-secrets' plugin tests, `(line, True)` and `(line, None)`, from their Python sources. Nothing of it is run.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { DataSet, Labelled } from './labelled.ts';

const tests = 'tests/plugins';
/** Entropy of any quoted text, and addresses: what other tools do not call a secret. */
const otherThings = /^(?:high_entropy|ip_public|base_test)/;

export function detectSecretsData(checkout: string): DataSet[] {
  const rows: Labelled[] = [];
  let notExpanded = 0;
  for (const name of readdirSync(join(checkout, tests)).filter(
    (file) => file.endsWith('_test.py') && !otherThings.test(file),
  )) {
    const source = readFileSync(join(checkout, tests, name), 'utf8');
    const constants = constantsOf(source);
    for (const { index, 0: opening } of source.matchAll(/[([,]\s*\(\s*(?=[rbf]?['"A-Z(])/g)) {
      const row = rowAt(source, index + opening.length, constants);
      if (row === 'not-expanded') notExpanded++;
      else if (row) rows.push({ ...row, path: 'line' });
    }
  }
  return [{ name: 'detect-secrets', rows, notExpanded }];
}

const piece = /[rbf]{0,2}(?:'''([\s\S]*?)'''|"""([\s\S]*?)"""|'((?:[^'\\\n]|\\.)*)'|"((?:[^"\\\n]|\\.)*)")/y;

/** A text and what the second column says of it; undefined where this is no such row. */
function rowAt(
  source: string,
  offset: number,
  constants: ReadonlyMap<string, string>,
): Omit<Labelled, 'path'> | 'not-expanded' | undefined {
  const text = textAt(source, offset, constants);
  const after = /^\s*,\s*(True|False|None|[A-Z_]{4,})\s*,?\s*\)/.exec(
    source.slice(text?.end ?? offset, (text?.end ?? offset) + 80),
  );
  if (!text)
    return /^[A-Z_]+,\s*(?:True|False|None)/.test(source.slice(offset, offset + 60)) ? 'not-expanded' : undefined;
  const label = after?.[1];
  if (label === undefined || (!constants.has(label) && !/^(?:True|False|None)$/.test(label))) return undefined;
  return { text: text.value, secret: label !== 'False' && label !== 'None' };
}

/** Neighbouring strings are one; `.format(NAME)` puts a constant in. */
function textAt(
  source: string,
  offset: number,
  constants: ReadonlyMap<string, string>,
): { value: string; end: number } | undefined {
  const [brackets = ''] = /^[(\s]*/.exec(source.slice(offset, offset + 40)) ?? [];
  let end = offset + brackets.length;
  let value = '';
  let pieces = 0;
  for (; ; pieces++) {
    const [blank = ''] = /^(?:\s|#[^\n]*|\+)*/.exec(source.slice(end, end + 400)) ?? [];
    piece.lastIndex = end + blank.length;
    const match = piece.exec(source);
    if (!match) break;
    value += unescaped(match[1] ?? match[2] ?? match[3] ?? match[4] ?? '', match[0].startsWith('r'));
    end = piece.lastIndex;
  }
  if (pieces === 0) return undefined;
  const [format, name = ''] = /^\s*\)?\.format\((\w+)\)/.exec(source.slice(end, end + 80)) ?? [];
  if (format === undefined) {
    const [closing = ''] = /^(?:\s*\))(?=\s*,)/.exec(source.slice(end, end + 20)) ?? [];
    return { value, end: end + (brackets.includes('(') ? closing.length : 0) };
  }
  const constant = constants.get(name);
  return constant === undefined
    ? undefined
    : {
        value: value.replaceAll(/\{\{|\}\}|\{\}/g, (sign) => (sign === '{}' ? constant : sign.slice(1))),
        end: end + format.length,
      };
}

function constantsOf(source: string): Map<string, string> {
  const found = [...source.matchAll(/^([A-Z_]+) = '((?:[^'\\\n]|\\.)*)'/gm)];
  return new Map(found.map(([, name = '', value = '']) => [name, unescaped(value, false)]));
}

function unescaped(text: string, raw: boolean): string {
  if (raw) return text;
  const signs: Readonly<Record<string, string>> = { n: '\n', t: '\t', '\n': '' };
  return text.replaceAll(/\\([\s\S])/g, (_, character: string) => signs[character] ?? character);
}
