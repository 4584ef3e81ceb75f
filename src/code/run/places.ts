import { posix } from 'node:path';
import { top } from './modules.ts';
import type { Run } from './run.ts';
import { constant, list, record, textOfValue, unknown, type Value } from './values.ts';

/** The names of files and folders in a folder of the repository. */
export function filesIn({ repository }: Run, folder: string | undefined, options: Value | undefined): Value {
  if (folder === undefined || options?.kind === 'record') return unknown('the files of a folder');
  const inside = posix.resolve(top, folder);
  if (inside !== top && !inside.startsWith(`${top}/`)) return unknown('the files of a folder outside');
  const prefix = inside === top ? '' : `${inside.slice(top.length + 1)}/`;
  const names = repository.files
    .filter(({ path }) => path.startsWith(prefix))
    .map(({ path }) => path.slice(prefix.length).split('/')[0] ?? '');
  return names.length === 0
    ? unknown('a folder that is not there')
    : list([...new Set(names)].map((name) => constant(name)));
}

export function urlOf(path: Value | undefined, base: Value | undefined): Value | undefined {
  const [relative, from] = [textOfValue(path), textOfValue(base)];
  if (relative === undefined || from === undefined || !from.startsWith('file://')) return undefined;
  const url = new URL(relative, from);
  return record([
    ['pathname', constant(url.pathname)],
    ['href', constant(url.href)],
  ]);
}
