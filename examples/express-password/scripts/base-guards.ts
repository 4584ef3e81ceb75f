// Judges this change by the guard tests of the branch it wants to join, so that it cannot weaken its own judge.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

/** What judges: these files are taken from the base, all others from the change. */
const judges =
  /^(?:test\/(?:guardrails\/.*|(?!.*\.test\.)[^/]+)|vitest\.config\.\w+|tsconfig(?:\.\w+)?\.json|\.oxlintrc\.json)$/;
const list = '.shipshape/guard-files.json';
const trials: readonly (readonly [name: string, ...command: string[]])[] = [
  ['types', 'node_modules/typescript/bin/tsc', '--noEmit'],
  ['lint', 'node_modules/oxlint/bin/oxlint', '--deny-warnings'],
  ['guard tests', 'node_modules/vitest/vitest.mjs', 'run', 'test/guardrails', '--exclude', '**/guard-files.test.ts'],
];

const base = process.argv[2] ?? 'origin/main';
if (/^0*$/.test(base)) console.log('First push: there is no base yet whose guard tests could judge this change.');
else if (!succeeds('.', 'rev-parse', '--verify', '--quiet', `${base}^{commit}`))
  refuse(`This clone has no commit ${base}.`);
else if (filesOf('.', base).some((path) => path.startsWith('test/guardrails/'))) judge();
else console.log(`${base} has no guard tests that could judge this change.`);

function judge(): void {
  const copy = join(mkdtempSync(join(tmpdir(), 'base-guards-')), 'change');
  try {
    git('.', 'worktree', 'add', '--quiet', '--detach', copy, 'HEAD');
    checkGuardList(copy);
    takeJudges(copy);
    symlinkSync(resolve('node_modules'), join(copy, 'node_modules'), 'junction');
    for (const [name, ...command] of trials) hold(copy, name, command);
    const changed = guardFilesChanged();
    if (changed.length > 0)
      console.log(`\nA code owner has to agree, for these guard files change:\n${changed.join('\n')}`);
  } finally {
    git('.', 'worktree', 'remove', '--force', copy);
    rmSync(join(copy, '..'), { recursive: true, force: true });
  }
}

/** The base's own idea of what a guard file is, so that the change cannot shorten the list. */
function checkGuardList(copy: string): void {
  const programs = ['scripts/guard-files.ts', 'scripts/guard-list.ts'];
  if (!programs.every((path) => filesOf('.', base).includes(path))) return;
  for (const path of programs)
    writeFileSync(join(copy, '..', path.slice('scripts/'.length)), git('.', 'show', `${base}:${path}`));
  writeFileSync(join(copy, '..', 'package.json'), '{"type":"module"}');
  hold(copy, 'guard list', [join('..', 'guard-files.ts')]);
}

function guardFilesChanged(): string[] {
  const [before, after] = [base, 'HEAD'].map((commit) => {
    const text = filesOf('.', commit).includes(list) ? git('.', 'show', `${commit}:${list}`) : '{}';
    return (JSON.parse(text) as { files?: Record<string, string> }).files ?? {};
  });
  const paths = new Set([...Object.keys(before ?? {}), ...Object.keys(after ?? {})]);
  return [...paths].filter((path) => before?.[path] !== after?.[path]).map((path) => `  ${path}`);
}

function takeJudges(copy: string): void {
  const judgesOf = (commit: string): string[] => filesOf(copy, commit).filter((path) => judges.test(path));
  for (const path of judgesOf('HEAD')) rmSync(join(copy, path));
  git(copy, 'checkout', base, '--', ...judgesOf(base));
}

function hold(copy: string, name: string, command: readonly string[]): void {
  console.log(`\n${name} of ${base}:`);
  const { status } = spawnSync(process.execPath, command, { cwd: copy, stdio: 'inherit' });
  if (status !== 0)
    refuse(`This change does not pass the ${name} of ${base}. Where that is meant: docs/protect-main.md.`);
}

function filesOf(folder: string, commit: string): string[] {
  return git(folder, 'ls-tree', '-r', '--name-only', '-z', commit).split('\0').filter(Boolean);
}

function succeeds(folder: string, ...command: string[]): boolean {
  return spawnSync('git', command, { cwd: folder }).status === 0;
}

function git(folder: string, ...command: string[]): string {
  const { status, stdout, stderr } = spawnSync('git', command, { cwd: folder, encoding: 'utf8' });
  if (status !== 0) throw new Error(`git ${command.join(' ')}: ${stderr}`);
  return stdout;
}

function refuse(sentence: string): void {
  console.error(sentence);
  process.exitCode = 1;
}
