import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  cpSync,
  existsSync,
  lstatSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  realpathSync,
  rmSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';

const copies = new Set<string>();
const notCompared = new Set(['.git', 'node_modules']);

/** A copy of a checkout, with a git repository as its owner would have one. */
export function copyOfCheckout(checkout: string): string {
  const folder = join(realpathSync(mkdtempSync(join(tmpdir(), 'shipshape-table-'))), basename(checkout));
  copies.add(folder);
  cpSync(checkout, folder, { recursive: true, verbatimSymlinks: true });
  if (!existsSync(join(folder, '.git'))) commitAll(folder);
  return folder;
}

/** Removes every copy that is still there. */
export function removeCopies(): void {
  for (const folder of copies) removeCopy(folder);
}

export function removeCopy(folder: string): void {
  copies.delete(folder);
  rmSync(dirname(folder), { recursive: true, force: true, maxRetries: 3, retryDelay: 100 });
}

function commitAll(folder: string): void {
  const git = (...words: string[]): void => void execFileSync('git', words, { cwd: folder, stdio: 'ignore' });
  git('init', '--quiet');
  git('add', '--all');
  git('-c', 'user.name=A', '-c', 'user.email=a@example.com', 'commit', '--quiet', '--message=As it was');
}

/** Each file with a fingerprint of its bytes and permissions; what is installed and what git keeps is left out. */
export function fingerprints(folder: string, below = '', found = new Map<string, string>()): Map<string, string> {
  for (const { name } of readdirSync(join(folder, below), { withFileTypes: true })) {
    if (notCompared.has(name)) continue;
    const path = below === '' ? name : `${below}/${name}`;
    const stat = lstatSync(join(folder, path));
    if (stat.isDirectory()) fingerprints(folder, path, found);
    else if (stat.isSymbolicLink()) found.set(path, `-> ${readlinkSync(join(folder, path))}`);
    else if (stat.isFile()) found.set(path, `${(stat.mode & 0o777).toString(8)} ${hashOf(join(folder, path))}`);
  }
  return found;
}

/** Paths that are there in one only, or differ. */
export function differing(one: ReadonlyMap<string, string>, other: ReadonlyMap<string, string>): string[] {
  return [...new Set([...one.keys(), ...other.keys()])].filter((path) => one.get(path) !== other.get(path)).toSorted();
}

function hashOf(path: string): string {
  return createHash('sha256').update(readFileSync(path)).digest('hex');
}
