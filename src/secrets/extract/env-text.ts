import { isIgnoredBy } from '../ignore-rules.ts';
import type { Content } from '../../tree/content.ts';
import { exactText } from '../../tree/content.ts';
import { lineEnd } from '../../tree/lines.ts';
import { envEntriesOf } from '../env-files.ts';

/** A setting that has left the code. */
export interface EnvEntry {
  readonly name: string;
  /** What the code held. A secret: it goes into a file that nobody else reads, and nowhere else. Undefined where the code held only a stand-in. */
  readonly value: string | undefined;
}

/** One line of a `.env` file, as dotenv and `node --env-file` read it back. */
export function envLine({ name, value = '' }: EnvEntry): string {
  if (/^[\w./:@%+=,~!?&*-]*$/.test(value)) return `${name}=${value}`;
  if (!/['\r\n]/.test(value)) return `${name}='${value}'`;
  if (!/["\\]/.test(value)) return `${name}="${value.replaceAll('\r\n', '\n').replaceAll('\n', String.raw`\n`)}"`;
  if (!value.includes('`')) return `${name}=\`${value}\``;
  return `${name}=${JSON.stringify(value)}`;
}

/** A `.env` file with these settings; those that it has already stay as they are. */
export function withEnvEntries(text: string | undefined, entries: readonly EnvEntry[]): string {
  return withLines(text, missing(text, entries).map(envLine));
}

/** A `.env.example` with the names, and no value. */
export function withEnvNames(text: string | undefined, names: readonly string[]): string {
  return withLines(
    text,
    missing(
      text,
      names.map((name) => ({ name, value: undefined })),
    ).map(({ name }) => `${name}=`),
  );
}

function missing(text: string | undefined, entries: readonly EnvEntry[]): readonly EnvEntry[] {
  const there = new Set(envEntriesOf(text ?? '').map(({ key }) => key));
  return entries.filter(({ name }) => !there.has(name));
}

function withLines(text: string | undefined, lines: readonly string[]): string {
  const before = text ?? '';
  if (lines.length === 0) return before;
  const eol = lineEnd(before);
  const separator = before === '' || /[\r\n]$/.test(before) ? '' : eol;
  return `${before}${separator}${lines.join(eol)}${eol}`;
}

/** What becomes of an ignore file. */
export type Ignoring =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'there' }
  | { readonly kind: 'explained'; readonly why: string; readonly lines: readonly string[] };

const lines = ['.env', '.env.*', '!.env.example'];

/** Makes git, or Docker, leave the files with values out, and keep the list of names. */
export function ignoring(content: Content | undefined): Ignoring {
  const text = content === undefined ? '' : typeof content === 'string' ? content : exactText(content);
  if (text === undefined || text.includes('\0')) {
    const why = 'it is not written in UTF-8, so its lines are not read as they look: save it as UTF-8 first';
    return { kind: 'explained', why, lines };
  }
  const plain = text.replace(/^\uFEFF/, '');
  const hidden = ['.env', '.env.local', '.env.production'].every((path) => isIgnoredBy(plain, path));
  const shown = !isIgnoredBy(plain, '.env.example');
  if (hidden && shown) return { kind: 'there' };
  return { kind: 'text', text: withLines(text, hidden ? lines.slice(2) : lines) };
}
