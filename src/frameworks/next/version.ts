import { dependenciesOf, type App } from '../../repository/apps.ts';
import { joined } from '../../repository/entries.ts';
import type { Repository } from '../../repository/repository.ts';

/** The first versions whose middleware cannot be walked around by a header (CVE-2025-29927), by major. */
const mended: Readonly<Record<number, readonly [number, number]>> = { 12: [3, 5], 13: [5, 9], 14: [2, 25], 15: [2, 3] };

/** True when the installed Next.js runs its middleware whatever headers a stranger sends. A range counts as its newest. */
export function middlewareHolds(repository: Repository, app: App): boolean {
  const version = lockedVersion(repository, app) ?? dependenciesOf(app).get('next') ?? '';
  const [, exact = '', major = '0', minor = '0', patch = '0'] =
    /^([\^~>=v\s]*)(\d+)(?:\.(\d+))?(?:\.(\d+))?/.exec(version) ?? [];
  if (/latest|canary|\*/.test(version) || Number(major) > 15) return true;
  const needed = mended[Number(major)];
  if (!needed) return false;
  if (/[\^>]/.test(exact) || !/\d+\.\d+/.test(version)) return true;
  const [neededMinor, neededPatch] = needed;
  return (
    Number(minor) > neededMinor ||
    (Number(minor) === neededMinor && (Number(patch) >= neededPatch || exact.includes('~')))
  );
}

/** The version that a lock file names. */
function lockedVersion(repository: Repository, { root }: App): string | undefined {
  const patterns: readonly (readonly [string, RegExp])[] = [
    ['package-lock.json', /"node_modules\/next":\s*\{\s*"version":\s*"([^"]+)"/],
    ['yarn.lock', /^"?next@[^\n]*:\n\s+version:?\s+"?([^"\n]+)/m],
    ['pnpm-lock.yaml', /^\s{2,}'?\/?next@(\d[\w.-]*)/m],
  ];
  for (const folder of new Set([root, '']))
    for (const [name, pattern] of patterns) {
      const found = pattern.exec(repository.read(joined(folder, name)) ?? '')?.[1];
      if (found !== undefined) return found;
    }
  return undefined;
}
