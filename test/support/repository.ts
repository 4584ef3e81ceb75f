import { openRepository } from '../../src/repository/open.ts';
import type { Repository } from '../../src/repository/repository.ts';
import { roleOf } from '../../src/repository/roles.ts';
import { byCodeUnit } from '../../src/tree/lines.ts';

/** A repository in memory. Every file is tracked unless `untracked` names it. */
export function repositoryOf(
  files: Readonly<Record<string, string>>,
  { name = 'sample', untracked = [] as readonly string[] } = {},
): Repository {
  const paths = Object.keys(files).toSorted(byCodeUnit);
  const tracked = new Set(paths.filter((path) => !untracked.includes(path)));
  return openRepository({
    name,
    notRead: [],
    git: { head: '0'.repeat(40), tracked },
    files: paths.map((path) => ({
      path,
      size: Buffer.byteLength(files[path] ?? ''),
      tracked: tracked.has(path),
      role: roleOf(path),
    })),
    bytes: (path) => Buffer.from(files[path] ?? ''),
  });
}
