import { chmodSync, existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { KnownError } from '../../src/errors.ts';
import type { Step } from '../../src/tree/step.ts';
import { commitOnBranch, requireCommittable } from '../../src/world/commit-branch.ts';
import { applyChanges } from '../../src/world/write-changes.ts';
import { git, repositoryWith } from '../support/git-folder.ts';
import { folderWith, pictureOf, put } from '../support/trees.ts';

const app = "const app = express();\napp.get('/', home);\napp.listen(3000);\n";
const guarded = app.replace('();\n', '();\nguard(app);\n');
const logged = guarded.replace('guard(app);\n', 'guard(app);\nlogs(app);\n');

const steps: Step[] = [
  { kind: 'edit', path: 'app.js', by: 'auth', before: app, after: guarded },
  { kind: 'create', path: 'guards/access.js', by: 'auth', after: 'table\n' },
  { kind: 'edit', path: 'app.js', by: 'logs', before: guarded, after: logged },
  { kind: 'create', path: 'bin/start', by: 'logs', after: '#!\n', mode: 0o755 },
  { kind: 'edit', path: '.gitignore', by: 'secrets', before: 'dist\n', after: 'dist\n.env\nlocal\n' },
  { kind: 'create', path: '.env', by: 'secrets', after: 'KEY=1\n', secret: true },
  { kind: 'create', path: 'local/x', by: 'secrets', after: 'x\n' },
  { kind: 'remove', path: 'old.js', by: 'secrets', before: 'old\n' },
];

const files = { 'app.js': app, '.gitignore': 'dist\n', 'old.js': 'old\n', 'other.js': 'other\n' };

/** A change that the user has made and not committed. */
const mine = (text: string): string => text.replace('3000', '4000');

const windows = (text: string): string => text.replaceAll('\n', '\r\n');

function run(root: string, branch = 'shipshape', all: readonly Step[] = steps) {
  applyChanges(root, all);
  const before = pictureOf(root);
  const result = commitOnBranch(root, { branch, steps: all, messageOf: (by) => `${by}: done\n\nProof of ${by}.\n` });
  expect(pictureOf(root)).toEqual(before);
  return result;
}

test('one commit for each guardrail, on a new branch that is checked out', () => {
  const root = repositoryWith(files);
  const { commits, leftOut, from } = run(root);
  expect(commits.map(({ by }) => by)).toEqual(['auth', 'logs', 'secrets']);
  expect(from).toBe('main');
  expect(git(root, 'log', '--format=%s', 'shipshape')).toBe('secrets: done\nlogs: done\nauth: done\nfirst');
  expect(git(root, 'log', '-1', '--format=%B')).toBe('secrets: done\n\nProof of secrets.\n');
  expect(git(root, 'symbolic-ref', 'HEAD')).toBe('refs/heads/shipshape');
  expect(git(root, 'status', '--porcelain')).toBe('');
  expect(git(root, 'diff-tree', '-r', '--name-status', 'HEAD~3', 'HEAD~2')).toBe('M\tapp.js\nA\tguards/access.js');
  expect(git(root, 'show', 'HEAD~2:app.js')).toBe(guarded.trimEnd());
  expect(git(root, 'ls-tree', 'HEAD', 'bin/start').slice(0, 6)).toBe('100755');
  expect(git(root, 'ls-tree', '-r', '--name-only', 'HEAD')).not.toMatch(/\.env|local|old/);
  expect(leftOut).toEqual([
    { path: '.env', why: 'holds secrets' },
    { path: 'local/x', why: 'is ignored' },
  ]);
  expect(git(root, 'rev-parse', 'main')).toBe(git(root, 'rev-parse', 'HEAD~3'));
  expect(git(root, 'fsck', '--strict')).toBe('');
});

test('what the user has not committed stays uncommitted, and what is staged stays staged', () => {
  const root = repositoryWith(files);
  put(root, 'other.js', 'staged\n');
  git(root, 'add', 'other.js');
  put(root, 'other.js', 'and more\n');
  put(root, 'app.js', mine(app));
  put(root, 'new.js', 'new\n');
  const mineToo = steps.map((step) =>
    step.path === 'app.js' && step.kind === 'edit'
      ? { ...step, before: mine(step.before as string), after: mine(step.after as string) }
      : step,
  );
  run(root, 'shipshape', mineToo);
  expect(git(root, 'show', 'HEAD:app.js')).toBe(logged.trimEnd());
  expect(git(root, 'status', '--porcelain').split('\n')).toEqual([' M app.js', 'MM other.js', '?? new.js']);
  expect(git(root, 'diff', '--unified=0', 'app.js')).toMatch(/-app\.listen\(3000\);\n\+app\.listen\(4000\);$/);
});

test('a staged change in a file of ours stays staged', () => {
  const root = repositoryWith(files);
  put(root, 'app.js', mine(app));
  git(root, 'add', 'app.js');
  run(root, 'shipshape', [{ kind: 'edit', path: 'app.js', by: 'auth', before: mine(app), after: mine(guarded) }]);
  expect(git(root, 'status', '--porcelain')).toBe('M  app.js');
  expect(git(root, 'show', 'HEAD:app.js')).toBe(guarded.trimEnd());
  expect(git(root, 'show', ':app.js')).toBe(mine(guarded).trimEnd());
});

test('what cannot be told apart from the user’s own changes is left to the user', () => {
  const root = repositoryWith(files);
  const noted = app.replace('express();', 'express(); // mine');
  put(root, 'app.js', noted);
  put(root, 'fresh.js', 'a\n');
  const { leftOut, commits } = run(root, 'shipshape', [
    {
      kind: 'edit',
      path: 'app.js',
      by: 'auth',
      before: noted,
      after: noted.replace('// mine', '// mine\nguard(app);'),
    },
    {
      kind: 'edit',
      path: 'app.js',
      by: 'logs',
      before: noted.replace('// mine', '// mine\nguard(app);'),
      after: 'all new\n',
    },
    { kind: 'edit', path: 'fresh.js', by: 'logs', before: 'a\n', after: 'a\nb\n' },
    { kind: 'create', path: 'logs.js', by: 'logs', after: 'l\n' },
  ]);
  expect(leftOut).toEqual([
    { path: 'app.js', why: 'has changes on the same lines that are not committed' },
    { path: 'fresh.js', why: 'was never committed' },
  ]);
  expect(commits.map(({ by }) => by)).toEqual(['logs']);
  expect(git(root, 'diff-tree', '-r', '--name-only', 'main', 'HEAD')).toBe('logs.js');
});

test('line ends that git converts are committed as git keeps them', () => {
  const root = repositoryWith({ '.gitattributes': '* text=auto\n', 'app.js': app });
  put(root, 'app.js', windows(app));
  run(root, 'shipshape', [{ kind: 'edit', path: 'app.js', by: 'auth', before: windows(app), after: windows(guarded) }]);
  expect(git(root, 'show', 'HEAD:app.js')).toBe(guarded.trimEnd());
  expect(git(root, 'status', '--porcelain')).toBe('');
});

test('a project below the top, in a work tree, on a detached HEAD', () => {
  const root = repositoryWith({ 'apps/web/app.js': app, 'apps/api/x.js': 'x\n' });
  const tree = join(folderWith({}), 'tree');
  git(root, 'worktree', 'add', '--quiet', '--detach', tree);
  const { from } = run(join(tree, 'apps', 'web'), 'ship/shape', [
    { kind: 'edit', path: 'app.js', by: 'auth', before: app, after: guarded },
    { kind: 'create', path: 'guards/access.js', by: 'auth', after: 'table\n' },
  ]);
  expect(from).toBe(git(root, 'rev-parse', 'main'));
  expect(git(tree, 'diff-tree', '-r', '--name-only', 'main', 'HEAD')).toBe(
    'apps/web/app.js\napps/web/guards/access.js',
  );
  expect(git(tree, 'status', '--porcelain')).toBe('');
  expect(git(root, 'symbolic-ref', 'HEAD')).toBe('refs/heads/main');
});

test('no hook, filter or signature is run, and a file that a filter rewrites is left to the user', () => {
  const root = repositoryWith({ ...files, '.gitattributes': '*.key filter=evil\n' });
  const trap = join(root, '..', `trapped-${process.pid}`);
  for (const hook of [
    'pre-commit',
    'commit-msg',
    'post-commit',
    'reference-transaction',
    'post-index-change',
    'post-checkout',
    'pre-push',
  ]) {
    writeFileSync(join(root, '.git', 'hooks', hook), `#!/bin/sh\ntouch '${trap}'\nexit 1\n`);
    chmodSync(join(root, '.git', 'hooks', hook), 0o755);
  }
  for (const key of ['filter.evil.clean', 'core.fsmonitor', 'gpg.program']) git(root, 'config', key, `touch ${trap}`);
  git(root, 'config', 'commit.gpgSign', 'true');
  const { leftOut } = run(root, 'shipshape', [...steps, { kind: 'create', path: 'a.key', by: 'auth', after: 'k\n' }]);
  expect(leftOut.map(({ path }) => path)).toContain('a.key');
  expect(existsSync(trap)).toBe(false);
});

const codeOf = (work: () => void): string => {
  try {
    work();
    return 'nothing thrown';
  } catch (error) {
    return error instanceof KnownError ? `${error.failure.code}: ${error.failure.what}` : String(error);
  }
};

test.each<[string, (root: string) => void, string, string]>([
  ['a branch of that name', (root) => git(root, 'branch', 'taken'), 'taken', 'branch of that name'],
  ['a name that git does not allow', () => {}, 'a..b', 'does not allow'],
  ['a name that looks like a flag', () => {}, '-f', 'does not allow'],
  ['a rebase under way', (root) => put(root, '.git/rebase-merge/head', ''), 'b', 'under way'],
])('%s is refused before anything is written', (_what, make, branch, said) => {
  const root = repositoryWith(files);
  make(root);
  expect(codeOf(() => requireCommittable(root, branch))).toMatch(new RegExp(`^cannot-commit: Nothing.*${said}`));
});

test('without a repository, or before its first commit, the reason is told', () => {
  const root = folderWith(files);
  expect(codeOf(() => requireCommittable(root, 'b'))).toContain('no git repository');
  git(root, 'init', '--quiet');
  expect(codeOf(() => requireCommittable(root, 'b'))).toContain('nothing has been committed');
});

test('an index that another git holds leaves branch, index and files as they were', () => {
  const root = repositoryWith(files);
  applyChanges(root, steps);
  const before = [pictureOf(root), git(root, 'ls-files', '-s'), git(root, 'for-each-ref')];
  writeFileSync(join(root, '.git', 'index.lock'), '');
  const request = { branch: 'shipshape', steps, messageOf: (by: string) => by };
  expect(codeOf(() => commitOnBranch(root, request))).toContain('cannot-commit');
  expect([pictureOf(root), git(root, 'ls-files', '-s'), git(root, 'for-each-ref')]).toEqual(before);
  expect(git(root, 'symbolic-ref', 'HEAD')).toBe('refs/heads/main');
});

test('a repository that names its objects by SHA-256', () => {
  const root = folderWith(files);
  git(root, 'init', '--quiet', '--object-format=sha256', '--initial-branch=main');
  git(root, 'add', '--all');
  git(root, 'commit', '--quiet', '-m', 'first');
  expect(run(root).commits.map(({ id }) => id.length)).toEqual([64, 64, 64]);
  expect(git(root, 'status', '--porcelain')).toBe('');
});
