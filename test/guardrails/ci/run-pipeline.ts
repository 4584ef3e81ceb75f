import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { plainEnvironment } from '../../cli/shipshape.ts';
import type { Step } from './pipeline-steps.ts';

/** A repository with a project on `main` and one change on the branch `change`, as a pipeline finds it. */
export interface Repository {
  readonly folder: string;
  /** The commit that `change` wants to join. */
  readonly base: string;
  commit(message: string, files: Readonly<Record<string, string>>): void;
  run(program: string, ...words: string[]): string;
  remove(): void;
}

/** Makes the repository, with a lockfile made by npm. Needs the registry, as the pipeline does. */
export function repositoryOf(files: ReadonlyMap<string, string>): Repository {
  const room = realpathSync(mkdtempSync(join(tmpdir(), 'shipshape-pipeline-')));
  const folder = join(room, 'project');
  const run = (program: string, ...words: string[]): string =>
    execFileSync(program, words, { cwd: folder, env: environmentIn(room), encoding: 'utf8' });
  const commit = (message: string, changed: Readonly<Record<string, string>>): void => {
    for (const [path, text] of Object.entries(changed)) write(join(folder, path), text);
    run('git', 'add', '--all');
    run('git', '-c', 'user.name=Ana', '-c', 'user.email=ana@example.com', 'commit', '--quiet', '--message', message);
  };

  mkdirSync(folder);
  bringNode(room);
  run('git', 'init', '--quiet', '--initial-branch=main');
  for (const [path, text] of files) write(join(folder, path), text);
  run('npm', 'install', '--package-lock-only', '--ignore-scripts', '--no-audit', '--no-fund');
  commit('first', {});
  const base = run('git', 'rev-parse', 'HEAD').trim();
  run('git', 'checkout', '--quiet', '-b', 'change');
  return { folder, base, commit, run, remove: () => rmSync(room, { recursive: true, force: true }) };
}

/** How a step ended. */
export interface Outcome {
  readonly step: string;
  readonly ok: boolean;
  readonly output: string;
}

/** Runs steps in a clean clone of the branch `change`, in order, until one fails. What a later job repeats is not run again. */
export function runInCleanClone({ folder }: Repository, steps: readonly Step[]): Outcome[] {
  const room = dirname(folder);
  const clone = mkdtempSync(join(room, 'clone-'));
  execFileSync('git', ['clone', '--quiet', '--branch', 'change', folder, clone]);
  const outcomes: Outcome[] = [];
  const first = steps.filter(({ script }, index) => steps.findIndex((other) => other.script === script) === index);
  for (const { job, name, script, environment } of first) {
    const env = { ...environmentIn(room), CI: 'true', RUNNER_TEMP: room, ...environment };
    const { status, stdout, stderr } = spawnSync('bash', ['-e', '-c', script], { cwd: clone, env, encoding: 'utf8' });
    outcomes.push({ step: `${job}: ${name}`, ok: status === 0, output: `${stdout}${stderr}` });
    if (status !== 0) break;
  }
  return outcomes;
}

/** True where images can be built. */
export function hasDocker(): boolean {
  return spawnSync('docker', ['info'], { stdio: 'ignore' }).status === 0;
}

/** The Node that projects are made for comes first, as the step before would have brought it. */
function environmentIn(room: string): Record<string, string> {
  const plain = plainEnvironment();
  return { ...plain, PATH: `${join(room, 'bin')}${delimiter}${plain['PATH']}`, npm_config_prefer_offline: 'true' };
}

function bringNode(room: string): void {
  mkdirSync(join(room, 'bin'));
  symlinkSync(realpathSync('test/workbench/node_modules/.bin/node'), join(room, 'bin', 'node'));
}

function write(path: string, text: string): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
}
