import { basename, dirname } from 'node:path/posix';
import type { App } from '../../repository/apps.ts';
import { runsTests } from '../../repository/programs.ts';
import type { Repository } from '../../repository/repository.ts';
import { commandsOfScript } from '../../repository/scripts.ts';
import { testFilesOf } from '../../repository/test-files.ts';

/** What runs the tests of a project; `own` is something else than these, `none` is nothing at all. */
export type TestRunner = 'node' | 'jest' | 'vitest' | 'mocha' | 'ava' | 'own' | 'none';

/** How the tests of an app are run. */
export interface Testing {
  readonly runner: TestRunner;
  /** A test file that the runner takes: what stands beside it under such a name is run too. */
  readonly like: string | undefined;
}

/** What the script `test` runs in the end. A placeholder, such as npm writes it, counts as none. */
export function testingOf(repository: Repository, app: App): Testing {
  const script = app.manifest?.scripts.get('test');
  if (script === undefined || isPlaceholder(script)) return { runner: 'none', like: undefined };
  const commands = commandsOfScript(repository, app, 'test').filter(runsTests);
  const runners = commands.map(({ words }) => runnerIn(words));
  const runner = runners.find((one) => one !== 'own') ?? 'own';
  return { runner, like: runner === 'own' ? undefined : likeIn(repository, app) };
}

/** `echo "Error: no test specified" && exit 1`, and an empty text. */
export function isPlaceholder(script: string): boolean {
  return script.trim() === '' || /no tests? (?:specified|yet)/i.test(script);
}

function runnerIn([program = '', ...rest]: readonly string[]): TestRunner {
  const words = program === 'node' || program === 'nodejs' ? [program, ...rest] : [program];
  if (words.includes('--test')) return 'node';
  const text = words.find((word) => /jest|vitest|mocha|ava/.test(word)) ?? '';
  const name = /(?:^|[/_-])(jest|vitest|mocha|ava)(?:\.[cm]?js)?$/.exec(text)?.[1];
  return (name as TestRunner | undefined) ?? 'own';
}

/** A test of the app itself, no end-to-end test and none of a page. */
function likeIn(repository: Repository, app: App): string | undefined {
  const inside = new Set(app.files.map(({ path }) => path));
  const paths = testFilesOf(repository)
    .filter(({ tests }) => tests > 0)
    .map(({ path }) => path)
    .filter((path) => inside.has(path) && !/(?:^|\/)guardrails\/|e2e|cypress|playwright|\.[jt]sx$/.test(path));
  return paths.find((path) => /\.(?:test|spec)\.[cm]?[jt]s$/.test(path)) ?? paths[0];
}

/** Where a test of ours goes beside one of theirs: `src/orders.spec.ts` has `src/guards.spec.ts` beside it. */
export function besideIt(path: string): string {
  const name = basename(path);
  const ending = /(?:[._-](?:test|spec))?\.[cm]?[jt]s$/.exec(name)?.[0] ?? '.js';
  const folder = dirname(path);
  return `${folder === '.' ? '' : `${folder}/`}guards${ending}`;
}

/** Whether a file is a module (`import`) or not (`require`), as its neighbour is. */
export function importsLike(text: string, path: string): boolean {
  if (/\.(?:mjs|mts|ts)$/.test(path)) return true;
  return !path.endsWith('.cjs') && /^\s*(?:import|export)\b/m.test(text);
}
