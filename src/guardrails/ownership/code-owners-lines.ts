import type { SpanEdit } from '../../code/edit/spans.ts';
import { withoutMark } from '../../code/edit/spans.ts';
import { codeOwnersOf, isRealOwner } from '../../repository/code-owners.ts';
import type { Repository } from '../../repository/repository.ts';
import { lineEnd } from '../../tree/lines.ts';

/** A folder or file, as CODEOWNERS writes it from the top: `/guardrails/`. */
export type GuardedPath = `/${string}`;

const everything = /^(?:\*\*?|\/|\/\*\*?|\*\*\/\*)$/;

/** A CODEOWNERS where there is none. */
export function newCodeOwners(owners: readonly string[], guarded: readonly GuardedPath[], isGitlab: boolean): string {
  const names = owners.join(' ');
  const lines = guarded.map((path) => `${path} ${names}`);
  const head =
    '# Who has to agree to a change. The last line that matches a file counts, so the guard files stay below everything else.';
  if (isGitlab)
    return `# Who has to agree to a change.\n[Everything]\n* ${names}\n\n# What these files refuse, these people decide.\n[Guard files]\n${lines.join('\n')}\n`;
  return `${head}\n* ${names}\n\n# Guard files: what they refuse, these people decide.\n${lines.join('\n')}\n`;
}

/** What one that is there lacks: a line for everything comes first, so that all of its own lines still count; guard files come last. */
export function missingLines(
  repository: Repository,
  text: string,
  owners: readonly string[],
  guarded: readonly GuardedPath[],
): readonly SpanEdit[] {
  const known = codeOwnersOf(repository);
  const plain = withoutMark(text);
  const eol = lineEnd(plain);
  const names = owners.join(' ');
  const edits: SpanEdit[] = [];
  const all = known?.lines.findLast(({ pattern }) => everything.test(pattern));
  if (!all?.owners.some((owner) => isRealOwner(owner) || owners.includes(owner))) {
    const at = firstLine(plain);
    edits.push({ start: at, end: at, text: `* ${names}${eol}`, why: 'somebody answers for every file' });
  }
  const open = guarded.filter((path) => !isOwned(repository, path, owners));
  if (open.length > 0) {
    const before = plain === '' || plain.endsWith('\n') ? '' : eol;
    const section = /^\^?\[[^\]]+\]/m.test(plain) ? [`[Guard files]`] : [];
    const lines = [
      '',
      '# Guard files: what they refuse, these people decide.',
      ...section,
      ...open.map((path) => `${path} ${names}`),
      '',
    ];
    edits.push({
      start: plain.length,
      end: plain.length,
      text: before + lines.join(eol),
      why: 'the owner agrees to changes of what guards',
    });
  }
  return edits;
}

/** Whether the line that counts for a path, and one of its own, names the owner. */
function isOwned(repository: Repository, path: GuardedPath, [owner = '']: readonly string[]): boolean {
  const inside = path.endsWith('/') ? `${path.slice(1)}any` : path.slice(1);
  return codeOwnersOf(repository)?.lineFor(inside)?.owners.includes(owner) ?? false;
}

/** Behind the comments at the top. */
function firstLine(text: string): number {
  let at = 0;
  while (at < text.length && /^(?:#.*|\s*)\r?$/.test(lineAt(text, at))) at += lineAt(text, at).length + 1;
  return Math.min(at, text.length);
}

function lineAt(text: string, at: number): string {
  const end = text.indexOf('\n', at);
  return text.slice(at, end === -1 ? text.length : end);
}
