import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { isOnPath, run, type Start } from './process.ts';

/** What came of the first commit; a note for each thing that was not as usual. */
export interface Committed {
  /** The short id, or undefined where nothing was committed. */
  readonly commit: string | undefined;
  readonly notes: readonly string[];
}

/** No hook and no signature: a first commit must not ask for anything. */
const quietly = ['-c', 'core.hooksPath=/dev/null', '-c', 'commit.gpgSign=false', '-c', 'core.autocrlf=false'];
const ourselves = ['-c', 'user.name=create-shipshape', '-c', 'user.email=create-shipshape@localhost'];

/** Makes the folder a repository with one commit of everything in it, unless it lies in a repository already. */
export async function commitAll(message: string, start: Start): Promise<Committed> {
  const outer = repositoryAbove(start.folder);
  if (outer !== undefined) return { commit: undefined, notes: [insideAnother(outer)] };
  if (!isOnPath('git', start.environment))
    return { commit: undefined, notes: ['git is not installed: no repository was made.'] };

  const git = (...words: string[]) => run('git', words, start);
  const name = await git('config', 'user.name');
  const mail = await git('config', 'user.email');
  const known = name.ok && mail.ok && name.output !== '' && mail.output !== '';
  const author = known ? [] : ourselves;
  const steps = [
    ['-c', 'init.templateDir=', 'init', '--quiet', '--initial-branch=main'],
    [...quietly, 'add', '--all'],
    [...quietly, ...author, 'commit', '--quiet', '--no-verify', '--message', message],
  ];
  for (const words of steps) {
    const { ok, output } = await git(...words);
    if (!ok) return { commit: undefined, notes: [`git could not make the first commit: ${output.split('\n').at(-1)}`] };
  }
  const { output } = await git('rev-parse', '--short', 'HEAD');
  return { commit: output, notes: known ? [] : [unknownAuthor] };
}

/** The e-mail address that git knows, as a suggestion for a question; never an answer. */
export async function knownEmail(start: Start): Promise<string | undefined> {
  if (!isOnPath('git', start.environment)) return undefined;
  const { ok, output } = await run('git', ['config', 'user.email'], start);
  return ok && output !== '' ? output : undefined;
}

const unknownAuthor =
  'git does not know your name, so the first commit is by create-shipshape. To make it yours: git config user.name and user.email, then git commit --amend --reset-author --no-edit';

function repositoryAbove(folder: string): string | undefined {
  for (let path = dirname(folder); ; path = dirname(path)) {
    if (existsSync(join(path, '.git'))) return path;
    if (path === dirname(path)) return undefined;
  }
}

function insideAnother(outer: string): string {
  return `the folder lies in the repository ${outer}, so no repository of its own was made; pipelines in it run only from the top of a repository.`;
}
