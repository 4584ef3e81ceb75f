import { execFileSync } from 'node:child_process';
import { lstatSync, mkdirSync, mkdtempSync, readdirSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { onTestFinished } from 'vitest';

type Files = Readonly<Record<string, string | Uint8Array>>;

/** A folder with these files, gone after the test. */
export function folderWith(files: Files): string {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'shipshape-checkout-')));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  write(folder, files);
  return folder;
}

/** A git repository with one commit of these files, gone after the test. */
export function repositoryWith(files: Files): string {
  const folder = folderWith(files);
  git(folder, 'init', '--quiet', '--initial-branch=main');
  commit(folder, 'first');
  return folder;
}

export function write(folder: string, files: Files): void {
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), content);
  }
}

/** Commits everything; the id of the commit. */
export function commit(folder: string, message: string): string {
  git(folder, 'add', '--all');
  git(folder, 'commit', '--quiet', '--allow-empty', '--message', message);
  return git(folder, 'rev-parse', 'HEAD');
}

/** Runs git as nobody in particular, on a fixed day; what it said. */
export function git(folder: string, ...words: string[]): string {
  const environment = Object.entries(process.env).filter(([name]) => !name.startsWith('GIT_'));
  const day = '2026-01-01T00:00:00Z';
  const ours = {
    GIT_CONFIG_GLOBAL: '/dev/null',
    GIT_CONFIG_NOSYSTEM: '1',
    GIT_AUTHOR_NAME: 'a',
    GIT_AUTHOR_EMAIL: 'a@localhost',
    GIT_COMMITTER_NAME: 'a',
    GIT_COMMITTER_EMAIL: 'a@localhost',
    GIT_AUTHOR_DATE: day,
    GIT_COMMITTER_DATE: day,
  };
  const env = { ...Object.fromEntries(environment), ...ours };
  return execFileSync('git', words, { cwd: folder, env, encoding: 'utf8', stdio: 'pipe' }).trim();
}

/** Everything in a folder, `.git` too, with kind, size, mode and times: what reading must not change. Links are not followed. */
export function stateOf(folder: string): string[] {
  const states: string[] = [];
  const visit = (path: Buffer): void => {
    const { size, mode, mtimeMs, ctimeMs } = lstatSync(path);
    states.push([path.toString('latin1').slice(folder.length), mode.toString(8), size, mtimeMs, ctimeMs].join(' '));
    if ((mode & 0o170000) !== 0o040000) return;
    for (const name of readdirSync(path, { encoding: 'buffer' })) visit(Buffer.concat([path, Buffer.from('/'), name]));
  };
  visit(Buffer.from(folder));
  return states.toSorted();
}
