import { execFileSync } from 'node:child_process';
import { folderWith } from './trees.ts';

/** Runs git in a folder, with a name and without anything of this machine; returns what it prints, its last line end apart. */
export function git(folder: string, ...words: string[]): string {
  const settings = [
    'user.name=Ana',
    'user.email=ana@example.com',
    'protocol.file.allow=always',
    'commit.gpgSign=false',
  ];
  const env = { ...process.env, GIT_CONFIG_GLOBAL: '/dev/null', GIT_CONFIG_NOSYSTEM: '1' };
  const all = [...settings.flatMap((setting) => ['-c', setting]), ...words];
  return execFileSync('git', all, { cwd: folder, env, stdio: 'pipe', encoding: 'utf8' }).replace(/\n$/, '');
}

/** A repository with one commit of these files on the branch main. */
export function repositoryWith(files: Readonly<Record<string, string>>): string {
  const root = folderWith(files);
  git(root, 'init', '--quiet', '--initial-branch=main');
  git(root, 'add', '--all');
  git(root, 'commit', '--quiet', '--message', 'first');
  return root;
}
