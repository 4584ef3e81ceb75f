import { lineEnd } from '../tree/lines.ts';
import { replay, type Conflict } from './replay.ts';
import { replayJson } from './replay-json.ts';

/** What stands in the way of a change, in lines of the text that it should be made in. */
export interface LineConflict {
  /** The line near which the change belongs, from 1. */
  readonly line: number;
  /** Lines that were to be replaced, without line ends. */
  readonly remove: readonly string[];
  /** Lines that were to stand there instead. */
  readonly insert: readonly string[];
}

export type ReplayedText =
  { readonly ok: true; readonly text: string } | { readonly ok: false; readonly conflicts: readonly LineConflict[] };

/**
 * Makes the change that leads from one text of a file to another in the text that it has now: line by line, and key by key where that
 * fails in JSON. Line ends that were converted since are no obstacle.
 */
export function replayText(path: string, from: string, to: string, now: string): ReplayedText {
  const [first, second] = [from, to].map((text) => withLineEnds(text, lineEnd(now))) as [string, string];
  const byLine = replayLines(path, first, second, now);
  if (!/\.json[c5]?$/i.test(path)) return byLine;
  if (byLine.ok && (isSound(byLine.text) || !isSound(now))) return byLine;
  const byKey = replayJson(first, second, now);
  if (byKey !== undefined) return { ok: true, text: byKey };
  return byLine.ok ? { ok: false, conflicts: [] } : byLine;
}

function replayLines(path: string, from: string, to: string, now: string): ReplayedText {
  const [before, after, lines] = [from, to, now].map((text) => linesOf(text, lineEnd(now))) as [Lines, Lines, Lines];
  const replayed = replay(before, after, lines, isListOfLines(path));
  if (!replayed.ok) return { ok: false, conflicts: replayed.conflicts.map(inLines) };
  const last = replayed.tokens.at(-1);
  const text = replayed.tokens.join('');
  if (to === '' && last !== lines.at(-1)) return { ok: true, text };
  const isOurs = isOpen(from) !== isOpen(to) && isOpen(from) === isOpen(now) && last === after.at(-1);
  return { ok: true, text: isOpen(isOurs ? to : now) ? withoutEnd(text) : text };
}

type Lines = readonly string[];

/** True for files in which every line stands for itself, so that it can go without its neighbours. */
export function isListOfLines(path: string): boolean {
  return /(?:^|\/)(?:\.env(?:\.[\w.-]+)?|\.\w+ignore|\.gitattributes|CODEOWNERS)$/i.test(path);
}

/** Lines with their ends, the last one too. */
function linesOf(text: string, end: string): Lines {
  const lines = text.split(/(?<=\n)/).filter((line) => line !== '');
  return isOpen(text) ? [...lines.slice(0, -1), `${lines.at(-1)}${end}`] : lines;
}

/** True when the last line lacks its end. */
function isOpen(text: string): boolean {
  return text !== '' && !text.endsWith('\n');
}

function withLineEnds(text: string, end: '\r\n' | '\n'): string {
  if (text.includes('\r\n') === (end === '\r\n') || !text.includes('\n')) return text;
  return end === '\n' ? text.replaceAll('\r\n', '\n') : text.replaceAll('\n', '\r\n');
}

function isSound(text: string): boolean {
  try {
    JSON.parse(text.replace(/^\uFEFF/, ''));
    return true;
  } catch {
    return false;
  }
}

function inLines({ at, remove, insert }: Conflict): LineConflict {
  return { line: at + 1, remove: remove.map(withoutEnd), insert: insert.map(withoutEnd) };
}

function withoutEnd(line: string): string {
  return line.replace(/\r?\n$/, '');
}
