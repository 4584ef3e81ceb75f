import { existsSync, realpathSync } from 'node:fs';
import { join } from 'node:path';
import { planCommits, type LeftOut } from '../flow/commit-plan.ts';
import type { Step } from '../tree/step.ts';
import { authorOf } from './git-author.ts';
import { keptOut, openGitFiles } from './git-files.ts';
import { askGit } from './git-inert.ts';
import { cannotCommit, changeIndex, storeCommit, tellGit, withIndexOf, type IndexLine } from './git-objects.ts';
import { repositoryAround } from './state-folder.ts';

/** What was committed. */
export interface BranchCommits {
  readonly branch: string;
  /** The branch that was checked out before, or the commit where it was none. */
  readonly from: string;
  /** One for each guardrail that changes something in git. */
  readonly commits: readonly { readonly by: string; readonly id: string }[];
  /** Files that are changed on disk and stay uncommitted. */
  readonly leftOut: readonly LeftOut[];
  /** False where git does not know the user's name, so that the commits are by create-shipshape. */
  readonly knowsAuthor: boolean;
}

export interface CommitRequest {
  /** The name of the new branch. */
  readonly branch: string;
  /** What was written to the disk before this. */
  readonly steps: readonly Step[];
  /** The message of a guardrail's commit. */
  readonly messageOf: (by: string) => string;
  /** When; without it, now. */
  readonly now?: Date;
}

/** States of a work tree in which its branch must not be changed. */
const underWay = ['MERGE_HEAD', 'CHERRY_PICK_HEAD', 'REVERT_HEAD', 'BISECT_LOG', 'rebase-merge', 'rebase-apply'];

/** Throws `cannot-commit` where `commitOnBranch` could not commit: to be asked before anything is written. */
export function requireCommittable(root: string, branch: string): void {
  const real = realpathSync(root);
  const repository = repositoryAround(real);
  if (!repository || !askGit(real, ['rev-parse', '--git-dir']).ok)
    throw cannotCommit(
      'there is no git repository here',
      'Run git init and make a first commit, or leave out --commits.',
    );
  if (!askGit(real, ['rev-parse', '--verify', '--quiet', 'HEAD^{commit}']).ok)
    throw cannotCommit(
      'nothing has been committed here yet',
      'Make a first commit: git add . && git commit -m "Start"',
    );
  const busy = underWay.find((name) => existsSync(join(repository.gitFolder, name)));
  if (busy || askGit(real, ['ls-files', '-u']).output.length > 0)
    throw cannotCommit('a merge, rebase or bisect is under way', 'Finish it or abort it first, see git status.');
  if (branch.startsWith('-') || !askGit(real, ['check-ref-format', `refs/heads/${branch}`]).ok)
    throw cannotCommit('git does not allow this name for a branch', 'Choose another name.', branch);
  if (askGit(real, ['rev-parse', '--verify', '--quiet', `refs/heads/${branch}`]).ok)
    throw cannotCommit('there is a branch of that name already', 'Choose another name, or delete that branch.', branch);
}

/**
 * Commits steps that have been written, one commit for each guardrail, on a new branch that is checked out afterwards. Files on disk are
 * not touched, what the user had not committed stays uncommitted, what was staged stays staged. Runs no hook or filter, signs nothing,
 * pushes nothing. Secret and ignored files are never committed. Throws `cannot-commit` with branch and index as they were.
 */
export function commitOnBranch(root: string, { branch, steps, messageOf, now }: CommitRequest): BranchCommits {
  const real = realpathSync(root);
  requireCommittable(real, branch);
  const kept = keptOut(real, steps);
  const wanted = steps.filter(({ path }) => !kept.some((other) => other.path === path));
  const files = openGitFiles(real, wanted);
  const plan = planCommits(wanted, files.inGit);
  const author = authorOf(real, now);
  const head = tellGit(real, ['rev-parse', '--verify', 'HEAD^{commit}']);
  const from = askGit(real, ['symbolic-ref', '--quiet', '--short', 'HEAD']);
  let tip = head;
  const commits = withIndexOf(real, head, (indexFile) =>
    plan.commits.map(({ by, files: contents }) => {
      changeIndex(real, files.linesFor(contents), indexFile);
      tip = storeCommit(real, indexFile, tip, messageOf(by), author.variables);
      return { by, id: tip };
    }),
  );
  checkOut(real, branch, tip, files.linesFor(plan.index), files.linesNow(plan.index.keys()));
  const before = from.ok ? from.output.toString().trim() : head;
  return { branch, from: before, commits, leftOut: [...kept, ...plan.leftOut], knowsAuthor: author.isKnown };
}

/** Makes the branch and moves the work tree to it; when a later step fails, those before it are taken back. */
function checkOut(
  root: string,
  branch: string,
  tip: string,
  lines: readonly IndexLine[],
  linesBefore: readonly IndexLine[],
): void {
  const ref = `refs/heads/${branch}`;
  const message = 'create-shipshape: one commit for each guardrail';
  tellGit(root, ['update-ref', '-m', message, ref, tip, '']);
  try {
    changeIndex(root, lines);
    tellGit(root, ['symbolic-ref', '-m', message, 'HEAD', ref]);
  } catch (error) {
    askGit(root, ['update-ref', '-d', ref, tip]);
    putBack(root, linesBefore);
    throw error;
  }
}

function putBack(root: string, lines: readonly IndexLine[]): void {
  try {
    changeIndex(root, lines);
  } catch {
    // What made the change fail keeps the index as it was.
  }
}
