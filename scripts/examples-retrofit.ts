// Writes examples/prototypes/*/after: what retrofit makes of each prototype, with fixed answers on a fixed day. A test fails when they are stale.
// With a name and a folder, copies that prototype out with made-up credentials in place of its placeholders, to try things on.
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { filesOf, prototypeNames, writeFiles } from '../test/examples/prototypes/folders.ts';
import { retrofitted } from '../test/examples/prototypes/retrofitted.ts';

const [only, folder] = process.argv.slice(2);
if (only !== undefined && folder !== undefined) writeFiles(folder, filesOf(only, 'before'));
else for (const name of only === undefined ? prototypeNames() : [only]) await writeAfter(name);

async function writeAfter(name: string): Promise<void> {
  const after = join('examples', 'prototypes', name, 'after');
  const { files } = await retrofitted(name);
  const lock = lockFor(after, files);
  rmSync(after, { recursive: true, force: true });
  writeFiles(after, files);
  if (lock === undefined) writeLock(after);
  else writeFileSync(join(after, 'package-lock.json'), lock);
  console.log(`${after}: ${files.size} files`);
}

/** The lock file that is there, where it was made for the same packages. */
function lockFor(after: string, files: ReadonlyMap<string, Buffer>): Buffer | undefined {
  const manifests = [...files].filter(([path]) => /(?:^|\/)package\.json$/.test(path));
  const isSame = ([path, bytes]: [string, Buffer]): boolean => {
    const there = join(after, path);
    return existsSync(there) && readFileSync(there).equals(bytes);
  };
  const lock = join(after, 'package-lock.json');
  return existsSync(lock) && manifests.every(isSame) ? readFileSync(lock) : undefined;
}

/** Without the addresses of a registry: each computer has its own. */
function writeLock(after: string): void {
  const words = [
    'install',
    '--package-lock-only',
    '--ignore-scripts',
    '--omit-lockfile-registry-resolved',
    '--no-audit',
    '--no-fund',
  ];
  execFileSync('npm', words, { cwd: after, stdio: ['ignore', 'ignore', 'inherit'] });
}
