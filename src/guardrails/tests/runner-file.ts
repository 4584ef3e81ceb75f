import { relative, dirname } from 'node:path/posix';
import type { TestRunner } from './test-runner.ts';

/** A test in the user's own runner that runs the guard tests, which need a program of their own: no mock and no transform reaches them. */
export interface RunnerFile {
  readonly runner: Exclude<TestRunner, 'own' | 'none'>;
  /** Where it goes, from the folder of the app. */
  readonly path: string;
  /** The guard tests, from the folder of the app. */
  readonly suite: string;
  readonly isModule: boolean;
  /** The file beside it, whose way of getting at the runner is followed. */
  readonly neighbour: string;
}

/** Its text. */
export function runnerFile(file: RunnerFile): string {
  const { runner, path, suite, isModule } = file;
  const about =
    '// Runs the guard tests: they start the app, and ask it as a stranger and as somebody who is signed in.\n';
  const from = relative(dirname(path), suite);
  const inside = from.startsWith('.') ? from : `./${from}`;
  if (runner === 'node') return about + (isModule ? `import '${inside}';\n` : `void import('${inside}');\n`);
  const imports = importsOf(file).map(([names, name]) =>
    isModule ? `import ${names} from '${name}';` : `const ${names} = require('${name}');`,
  );
  return `${about}${imports.join('\n')}\n\n${calls[runner](suite)}`;
}

function importsOf({ runner, neighbour, isModule }: RunnerFile): (readonly [string, string])[] {
  const common: (readonly [string, string])[] = [
    ['assert', 'node:assert/strict'],
    ['{ spawnSync }', 'node:child_process'],
  ];
  if (runner === 'vitest' && isModule) return [...common, ['{ test }', 'vitest']];
  if (runner === 'ava') return [...common.slice(1), ['test', 'ava']];
  if (runner === 'jest' && neighbour.includes('@jest/globals')) return [...common, ['{ test }', '@jest/globals']];
  return common;
}

const title = 'the guards of this app hold';
const run = (suite: string): string =>
  `  const { status, stdout } = spawnSync(process.execPath, ['--test', '${suite}'], { encoding: 'utf8' });\n`;
const equal = '  assert.equal(status, 0, stdout);\n';
const inTwoMinutes = (suite: string): string => `test('${title}', () => {\n${run(suite)}${equal}}, 120_000);\n`;

const calls: Readonly<Record<Exclude<RunnerFile['runner'], 'node'>, (suite: string) => string>> = {
  jest: inTwoMinutes,
  vitest: inTwoMinutes,
  mocha: (suite) => `it('${title}', () => {\n${run(suite)}${equal}}).timeout(120_000);\n`,
  ava: (suite) => `test('${title}', (t) => {\n  t.timeout(120_000);\n${run(suite)}  t.is(status, 0, stdout);\n});\n`,
};
