import { textOf } from '../../tree/content.ts';
import { wrap } from '../../world/terminal.ts';
import { groupedBy, linesIn, type PlannedChange } from './outline.ts';
import type { Look } from './telling.ts';
import type { Veil } from './veil.ts';

const reasonsShown = 3;

/** Files that a guardrail adds, folder by folder: how many, and for each reason which. */
export function newFileLines(files: readonly PlannedChange[], look: Look, veil: Veil): string[] {
  const byFolder = groupedBy(files, ({ path }) => folderOf(path));
  return [...byFolder].flatMap(([folder, own]) => folderLines(folder, own, look, veil));
}

/** The topmost folder; a file that lies in none is on its own. */
function folderOf(path: string): string {
  const slash = path.indexOf('/');
  return slash === -1
    ? path
    : path.slice(0, path.indexOf('guardrails/') === -1 ? slash + 1 : path.indexOf('guardrails/') + 11);
}

function folderLines(folder: string, files: readonly PlannedChange[], { colors, width }: Look, veil: Veil): string[] {
  const lines = files.reduce((sum, { after }) => sum + (linesIn(after) ?? 0), 0);
  const [only] = files;
  const name = only && files.length === 1 ? only.path : folder;
  const size = `${files.length === 1 ? 'new file' : `${files.length} new files`}, ${lines.toLocaleString('en')} ${lines === 1 ? 'line' : 'lines'}`;
  return [
    '',
    `  ${colors.green('+')} ${colors.cyan(veil.sentence(name))}  ${size}`,
    ...(files.length === 1 && only
      ? [wrap(veil.sentence(only.why.join('. ')), width, '      ')]
      : reasonLines(folder, files, { colors, width }, veil)),
  ];
}

/** A few reasons are told; where there are more, the names are: each of our files says in its first line what it is for. */
function reasonLines(folder: string, files: readonly PlannedChange[], { colors, width }: Look, veil: Veil): string[] {
  const byReason = groupedBy(files, ({ why }) => why.join('. '));
  if (byReason.size > reasonsShown)
    return [
      colors.dim(wrap(veil.sentence(namesOf(folder, files)), width, '      ')),
      ...saysWhatFor(files, { colors, width }),
    ];
  return [...byReason].map(([why, own]) =>
    wrap(veil.sentence(`${namesOf(folder, own)}: ${why}`), width, '      ', '    - '),
  );
}

function saysWhatFor(files: readonly PlannedChange[], { colors, width }: Look): string[] {
  const all = files.every(({ after }) => /^(?:\/\/|\/\*|#|<!--)/.test(textOf(after) ?? ''));
  return all ? [colors.dim(wrap('Each one says in its first line what it is for.', width, '      '))] : [];
}

function namesOf(folder: string, files: readonly PlannedChange[]): string {
  return files.map(({ path }) => path.slice(folder.length)).join(', ');
}

/** Files that are new with this plan, and that this guardrail adds lines to. */
export function grownLines(changes: readonly PlannedChange[], { colors, width }: Look, veil: Veil): string[] {
  const grown = changes.filter(({ ofNew }) => ofNew).map(({ path }) => path);
  if (grown.length === 0) return [];
  return ['', colors.dim(wrap(veil.sentence(`It also has lines in ${grown.join(', ')}.`), width, '    '))];
}
