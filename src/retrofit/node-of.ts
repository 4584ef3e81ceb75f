import { nodeVersionsOf } from '../repository/node-versions.ts';
import type { Repository } from '../repository/repository.ts';

/** The oldest Node.js that a project is run on: of those that it pins and the one that is installed here, such as `20.19.0`. */
export function nodeOf(repository: Repository, installed: string): string {
  const pinned = nodeVersionsOf(repository).flatMap(({ text, isRange }) => {
    const [, major, minor = '99', patch = '0'] = /^v?(\d+)(?:\.(\d+))?(?:\.(\d+))?/.exec(text) ?? [];
    return isRange || major === undefined ? [] : [`${major}.${minor}.${patch}`];
  });
  return [installed, ...pinned].toSorted(byVersion)[0] ?? installed;
}

function byVersion(one: string, other: string): number {
  const [left = [], right = []] = [one, other].map((text) => text.split('.').map(Number));
  return (left[0] ?? 0) - (right[0] ?? 0) || (left[1] ?? 0) - (right[1] ?? 0);
}
