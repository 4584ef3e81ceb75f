import type { Place } from '../repository/place.ts';
import type { Repository } from '../repository/repository.ts';

/** The line of a place, trimmed and not endless; undefined where there is none. */
export function lineAt(repository: Repository, { path, line }: Place): string | undefined {
  if (line === undefined) return undefined;
  const text = repository.read(path)?.split(/\r?\n/)[line - 1]?.trim();
  return text === undefined || text === '' ? undefined : text.slice(0, 160);
}
