import { counted } from '../../flow/conclusion.ts';
import { wrap } from '../../world/terminal.ts';
import { groupedBy, linesIn, type PlannedChange } from './outline.ts';
import type { Look } from './telling.ts';
import type { Veil } from './veil.ts';

const namesShown = 4;

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
  const size = `${files.length === 1 ? 'new file' : `${files.length} new files`}, ${counted(lines, 'line', 'lines')}`;
  const byReason = groupedBy(files, ({ why }) => why.join('. '));
  return [
    '',
    `  ${colors.green('+')} ${colors.cyan(veil.line(name))}  ${size}`,
    ...[...byReason].map(([why, own]) => {
      const told = files.length === 1 ? why : `${namesOf(folder, own)}: ${why}`;
      return wrap(veil.line(told), width, '      ', files.length === 1 ? '      ' : '    - ');
    }),
  ];
}

function namesOf(folder: string, files: readonly PlannedChange[]): string {
  const names = files.map(({ path }) => path.slice(folder.length));
  const more = names.length - namesShown;
  return more > 1 ? `${names.slice(0, namesShown).join(', ')} and ${more} more` : names.join(', ');
}
