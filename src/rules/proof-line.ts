import type { Place } from '../repository/place.ts';
import type { Repository } from '../repository/repository.ts';
import { shown } from './offending-line.ts';

/** A place in a text file with its line as evidence, trimmed; for files that are no code. */
export function proofAt(
  repository: Repository,
  path: string,
  line: number | undefined,
): { readonly where: Place; readonly evidence?: string } {
  const text = line === undefined ? undefined : repository.read(path)?.split('\n')[line - 1];
  return { where: line === undefined ? { path } : { path, line }, ...(text && { evidence: shown(text) }) };
}
