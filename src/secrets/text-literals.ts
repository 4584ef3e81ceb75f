import type { Sighting } from './finding.ts';
import { kindNamed } from './kinds.ts';
import { nameKindOf, secretName } from './names.ts';
import type { TextKind } from './settings.ts';
import { isReference, isSecretValue, type Setting } from './values.ts';

/** A name, as far as any language writes one. */
const nameToken = /[A-Za-z_$@][\w$.\-@]{0,90}/g;
/** What stands between a name and its value: quote, bracket, type, and then `=`, `:`, `=>`, `:=`, `==`, `||`, `,`. */
const between =
  /["'`]?\]?[)\]]{0,2}(?:\s{0,20}(?::\s*(?:str|string|String|char|final|const|\w+\??)\s*=(?!=)| string\s*=(?!=)|\[\d*\]\s*=(?!=)|\|\|=?|\?\?=?|\?=|\.=|:{1,3}=|=>|->|={1,3}|!==?|<-|:{1,2}|,|\bor\b|>|value=)\s{0,40}|["'`]?\s{1,4}(?=["'`]))/y;
const quoted =
  /(?:[bruf@LR$]{0,2})(?:String\(|Buffer\.from\()?(?:"((?:[^"\\\n]|\\.){0,600})"|'((?:[^'\\\n]|\\.){0,600})'|`([^`\n]{0,600})`)/y;
const bare = /([^\s'"`#,;<>(){}[\]\\][^\s'"`,;<>(){}\\]{0,400})/y;
const toLineEnd = /([^\s'"`#][^\n]{0,400})/y;

/** Longer lines are made by a tool: only what stands right behind a name is looked at. */
const longLine = 2000;
/** Nobody reads more of one file. */
export const most = 500;

/** Layer 3 for everything that is no JavaScript: a value that is given to the name of a secret. */
export function textSightings(text: string, kind: TextKind): Sighting[] {
  if (!secretName.test(text)) return [];
  const found: Sighting[] = [];
  const names = new RegExp(secretName, 'gi');
  // Both ends of a line are looked for once: a line may be as long as the file, and hold a name at every step.
  let line = { start: 0, end: -1 };
  let doneTo = 0;
  for (let hit = names.exec(text); hit && found.length < most; hit = names.exec(text)) {
    if (hit.index > line.end) line = lineAround(text, hit.index);
    const isLong = line.end - line.start > longLine;
    const end = isLong ? Math.min(line.end, hit.index + 80) : line.end;
    found.push(...lineSightings(text, Math.max(doneTo, line.start, hit.index - 80), end, kind));
    doneTo = end;
    names.lastIndex = Math.max(end, hit.index + hit[0].length);
  }
  return found;
}

function lineAround(text: string, at: number): { start: number; end: number } {
  const newline = text.indexOf('\n', at);
  return { start: text.lastIndexOf('\n', at) + 1, end: newline === -1 ? text.length : newline };
}

/** What stands before a place on its line, at most 200 characters. */
function headOf(text: string, at: number): string {
  const part = text.slice(Math.max(0, at - 200), at);
  return part.slice(part.lastIndexOf('\n') + 1);
}

function lineSightings(text: string, from: number, to: number, kind: TextKind): Sighting[] {
  const found: Sighting[] = [];
  nameToken.lastIndex = from;
  for (let token = nameToken.exec(text); token && token.index < to; token = nameToken.exec(text)) {
    const [name] = token;
    const nameKind = nameKindOf(name);
    if (!nameKind) continue;
    const value = valueAfter(text, name, token.index, kind);
    if (!value) continue;
    const setting = isComment(text, token.index, kind) ? 'sample' : settingOf(kind, value.sign, name);
    if (kind.writing === 'prose' && nameKind === 'password' && setting === 'sample') continue;
    if (!isSecretValue(value.text, nameKind, setting, name) || weakHere(value.text, kind)) continue;
    if (text.slice(token.index, value.start).includes('\n') && value.sign !== '>') continue;
    found.push({
      start: value.start,
      end: value.start + value.text.length,
      value: value.text,
      ...kindNamed(name, nameKind),
      layer: 'name',
      confidence: 'likely',
      name,
    });
    nameToken.lastIndex = value.start + value.text.length;
  }
  found.push(...comparedIn(text, from, to, kind));
  return found;
}

const compared = /(["'`])([^"'`\n]{3,200})\1\s{0,4}[!=]==?\s{0,4}\(?([A-Za-z_$][\w$.]{0,90})/g;

/** `if ("letmein" == password)`: the value stands first. */
function comparedIn(text: string, from: number, to: number, kind: TextKind): Sighting[] {
  if (kind.setting === 'sample') return [];
  return [...text.slice(from, to).matchAll(compared)].flatMap((match) => {
    const [, , value = '', name = ''] = match;
    const nameKind = nameKindOf(name);
    if (!nameKind || !isSecretValue(value, nameKind, 'code', name)) return [];
    const start = from + match.index + 1;
    const named = kindNamed(name, nameKind);
    return [{ start, end: start + value.length, value, ...named, layer: 'name', confidence: 'likely', name }];
  });
}

/** What stands behind `#` explains, or was switched off; what is sent to try a server is made up. */
function isComment(text: string, at: number, { writing }: TextKind): boolean {
  const line = headOf(text, at);
  if (writing === 'plain' && /\bcurl\b|\s(?:-d|--data\S*)[ =]['"]/.test(line)) return true;
  return /^(?:env|yaml|foreign-code)$/.test(writing) && /^\s*(?:#|\/\/|--\s|;)/.test(line);
}

function settingOf({ setting, writing }: TextKind, sign: string, name: string): Setting {
  if (writing !== 'prose' && /^(?:\|\||\?\?|or)/.test(sign) && /env/i.test(name)) return 'use';
  return setting === 'config' && /^[!=]==?$/.test(sign) && sign !== '=' ? 'code' : setting;
}

/** `POSTGRES_PASSWORD: postgres` in a workflow opens a database that lives for one run. */
function weakHere(value: string, { localOnly }: TextKind): boolean {
  return localOnly && (value.length < 12 || /^[a-z]+[-_]?(?:password|secret|key|pass)?\d{0,4}$/i.test(value));
}

export interface Value {
  readonly start: number;
  readonly text: string;
  readonly sign: string;
}

/** The value that stands behind a name: `name` and where it begins in the text. */
export function valueAfter(text: string, name: string, from: number, { writing }: TextKind): Value | undefined {
  const at = from + name.length;
  const before = text[from - 1] ?? '';
  between.lastIndex = at;
  const sign = between.exec(text);
  if (!sign) return undefined;
  const operator = sign[0].replaceAll(/["'`\])\s]/g, '');
  // `define('DB_PASSWORD', 'x')`; in a list, what follows a name is another name.
  if (operator === ',' && !/\(\s*["'`]$/.test(text.slice(Math.max(0, from - 20), from))) return undefined;
  if (before === '/' || (operator === ':' && writing === 'env' && !opensLine(text, from))) return undefined;
  if (operator === '' && !opensLine(text, from)) return undefined;
  if (operator === '>' && !/[<"']/.test(before)) return undefined;
  quoted.lastIndex = between.lastIndex;
  const inQuotes = quoted.exec(text);
  if (inQuotes) {
    const value = inQuotes[1] ?? inQuotes[2] ?? inQuotes[3] ?? '';
    const start = inQuotes.index + inQuotes[0].lastIndexOf(value);
    return { start, text: value, sign: operator };
  }
  const unquoted = unquotedIn(writing, operator, before);
  if (!unquoted) return undefined;
  unquoted.lastIndex = between.lastIndex;
  const [value = ''] = unquoted.exec(text) ?? [];
  const trimmed = value
    .replace(/\s+#.*$/, '')
    .replace(/<\/.*$/, '')
    .trimEnd();
  return trimmed === '' || isReference(trimmed)
    ? undefined
    : { start: between.lastIndex, text: trimmed, sign: operator };
}

/** True where nothing, or `export`, stands before a name on its line. */
function opensLine(text: string, from: number): boolean {
  return /^\s*(?:export\s+|-\s+)?["']?$/.test(headOf(text, from));
}

/** Where a value may stand without quotes, and how far it then reaches. */
function unquotedIn(writing: TextKind['writing'], operator: string, before: string): RegExp | undefined {
  switch (writing) {
    case 'env':
      return operator === '=' || operator === ':' ? (before === '-' ? bare : toLineEnd) : undefined;
    case 'yaml':
      return operator === ':' || operator === '=' ? toLineEnd : undefined;
    case 'prose':
    case 'plain':
    case 'notebook':
      if (operator === '>') return bare;
      return /^(?:=|:|[:?]{1,3}=)$/.test(operator) ? bare : undefined;
    case 'json':
      // `"args": "--api-key=x"`: settings inside a text.
      return operator === '=' ? bare : undefined;
    case 'foreign-code':
      return operator === '>' ? bare : undefined;
    default:
      return undefined;
  }
}
