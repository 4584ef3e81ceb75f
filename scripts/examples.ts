// Writes examples/: the output of `create` for each framework, with a fixed day and a far end date. A test fails when they are stale.
import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { exampleProjects } from '../test/support/examples.ts';

for (const [name, plan] of exampleProjects()) {
  const folder = join('examples', name);
  const lock = lockFor(folder, plan.files.get('package.json') ?? '');
  rmSync(folder, { recursive: true, force: true });
  for (const [path, text] of plan.files) {
    mkdirSync(join(folder, dirname(path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  if (lock === undefined) writeLock(folder);
  else writeFileSync(join(folder, 'package-lock.json'), lock);
  console.log(`${folder}: ${plan.files.size} files`);
}

/** The lock file that is there, where it was made for the same packages. */
function lockFor(folder: string, manifest: string): string | undefined {
  try {
    const same = readFileSync(join(folder, 'package.json'), 'utf8') === manifest;
    return same ? readFileSync(join(folder, 'package-lock.json'), 'utf8') : undefined;
  } catch {
    return undefined;
  }
}

/** Without the addresses of a registry: each computer has its own. */
function writeLock(folder: string): void {
  const words = [
    'install',
    '--package-lock-only',
    '--ignore-scripts',
    '--omit-lockfile-registry-resolved',
    '--no-audit',
  ];
  execFileSync('npm', words, { cwd: folder, stdio: 'inherit' });
}
