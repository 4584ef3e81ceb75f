import type { SpanEdit } from '../../code/edit/spans.ts';
import { dockerfilesOf, type Instruction, type Stage } from '../../repository/dockerfiles.ts';
import type { Draft } from '../../retrofit/draft.ts';
import type { Scene } from '../../retrofit/scene.ts';
import { lockOf } from './locked.ts';

/** Makes images install what the lock file says and nothing newer, where they have it. */
export function draftFrozenInstalls(scene: Scene, draft: Draft): void {
  const repository = draft.repository();
  const lock = lockOf(repository, scene.app);
  // Others refuse more than they should on a version that is not known; npm has had `ci` for eight years.
  if (lock?.manager !== 'npm') return;
  const name = lock.path.slice(lock.path.lastIndexOf('/') + 1);
  for (const { path, stages, folder } of dockerfilesOf(repository)) {
    if (folder !== lock.folder) continue;
    const text = draft.read(path) ?? '';
    const edits = stages.flatMap((stage) => editsIn(stage, text, name));
    if (edits.length > 0)
      draft.editSpans(path, edits, { why: 'the image holds the versions of the lock file, which were tried' });
  }
}

function editsIn({ instructions }: Stage, text: string, lock: string): SpanEdit[] {
  return instructions.flatMap((instruction, index) => {
    const before = instructions.slice(0, index);
    if (instruction.keyword !== 'RUN' || !before.some((earlier) => brings(earlier, lock))) return [];
    return looseIn(text, instruction.line);
  });
}

/** `COPY package*.json ./` and `COPY . .`. */
function brings({ keyword, text }: Instruction, lock: string): boolean {
  if (keyword !== 'COPY' || text.includes('--from=')) return false;
  const sources = text
    .split(/[\s",[\]]+/)
    .filter((word) => word !== '' && !word.startsWith('--'))
    .slice(0, -1);
  return sources.some((source) => /^\.\/?$|^(?:\.\/)?package[\w-]*\*/.test(source) || source.endsWith(lock));
}

/** `npm install` and `npm i` without the name of a package. */
function looseIn(text: string, line: number): SpanEdit[] {
  const plain = text.replace(/^\uFEFF/, '');
  const lines = plain.split('\n');
  const start = lines.slice(0, line - 1).join('\n').length + (line > 1 ? 1 : 0);
  let last = line - 1;
  while (/\\\s*$/.test(lines[last] ?? '') && last < lines.length - 1) last++;
  const whole = lines.slice(line - 1, last + 1).join('\n');
  return [
    ...whole.matchAll(/(\bnpm[ \t]+)(install|i)(?=(?:[ \t]+--?[\w-]+(?:=\S+)?)*[ \t\r]*(?:&&|;|\\|\n|$))/g),
  ].flatMap(({ 0: found, 1: before = '', 2: verb = '', index }): SpanEdit[] => {
    if (/-g\b|--global/.test(whole.slice(index, index + found.length + 40).split(/&&|;|\n/)[0] ?? '')) return [];
    const from = start + index + before.length;
    return [{ start: from, end: from + verb.length, text: 'ci', why: 'installs what the lock file says' }];
  });
}
