import { describe, expect, test } from 'vitest';
import { choices, type PackageManager } from '../../../src/answers/answers.ts';
import { planCreate } from '../../../src/flow/create.ts';
import { ceilingFor } from '../../../src/guardrails/dependencies/ceiling.ts';
import dependencies from '../../../src/guardrails/dependencies/index.ts';
import { managers } from '../../../src/guardrails/dependencies/managers.ts';
import { answersWith, inputs } from '../../support/answers.ts';
import { projectFrom } from '../../support/project.ts';
import { brokenAfter } from '../../support/taken-out.ts';
import { locks } from './locks.ts';

describe.each(choices.packageManager)('a new project with %s', (packageManager) => {
  const changed = { packageManager };
  const { files } = planCreate(answersWith(changed), inputs);

  test('says what may be installed', () => {
    const verdicts = dependencies.inspect(projectFrom(files, changed)).map(({ verdict }) => verdict);
    expect(verdicts).toEqual(dependencies.rules.map(() => 'pass'));
    expect(files.has(managers[packageManager].policy)).toBe(true);
  });

  test('names the version that its pipeline sets up', () => {
    const { packageManager: named } = JSON.parse(files.get('package.json') ?? '') as { packageManager?: string };
    expect(named).toBe(managers[packageManager].version);
    if (named) expect(projectFrom(files, changed).values['setUpManager']).toContain(`@${named.split('@')[1]}`);
  });

  test('reads its lockfile: packages for one platform do not count', async () => {
    const { lockfile, packagesIn, directIn } = await lockfileOf(packageManager);
    expect(lockfile).toBe(managers[packageManager].lockfile);
    expect(packagesIn(locks[packageManager]).toSorted()).toEqual(['@scope/tool@2.0.0', 'zod@4.6.7']);
    expect(directIn(locks[packageManager])).toEqual({ '@scope/tool': '2.0.0', zod: '4.6.7' });
  });
});

const frozen = 'deps/lockfile-frozen';
const aged = 'deps/exist-and-aged';

const taken: readonly [what: string, path: string, edit: (text: string) => string | undefined, rule: string][] = [
  ['an exact version', 'package.json', (text) => text.replace(/"zod": "/, '"zod": "^'), frozen],
  ['a version', 'package.json', (text) => text.replace(/"zod": "[^"]*"/, '"zod": "latest"'), frozen],
  ['a registry', 'package.json', (text) => text.replace(/"zod": "[^"]*"/, '"zod": "github:colinhacks/zod"'), frozen],
  ['a lockfile in git', '.gitignore', (text) => `${text}package-lock.json\n`, frozen],
  ['the frozen install', 'Dockerfile', (text) => text.replace('npm ci', 'npm install'), frozen],
  ['the test', 'test/guardrails/dependencies.test.ts', gone, frozen],
  ['the ceiling', 'test/guardrails/package-ceiling.ts', (text) => text.replace(/\d+;/, 'Infinity;'), frozen],
  ['the wait', '.npmrc', (text) => text.replace(/^min-release-age=.*$/m, ''), aged],
  ['consent to install scripts', '.npmrc', (text) => text.replace(/^strict-allow-scripts=.*$/m, ''), aged],
];

test.each(taken)('without %s it fails', (_what, path, edit, rule) => {
  expect(brokenAfter(dependencies, path, edit)).toContain(rule);
});

test.each([
  ['another lockfile', 'yarn.lock', ''],
  ['a lockfile that was not written for this package.json', 'package-lock.json', '{"packages":{}}'],
])('with %s it fails', (_what, path, text) => {
  const files = new Map(planCreate(answersWith(), inputs).files).set(path, text);
  const finding = dependencies.inspect(projectFrom(files)).find(({ rule }) => rule === frozen);
  expect(finding).toMatchObject({ verdict: 'fail', where: path });
});

const combinations = choices.framework.flatMap((framework) =>
  choices.auth.flatMap((auth) => choices.secrets.map((source) => ({ framework, auth, secrets: [source] }))),
);
/** The many packages of this one overlap with those of the frameworks. */
const mostRoom = { 'dotenv-vault': 75 } as Partial<Record<string, number>>;

test.each(combinations)('the ceiling leaves a little room: $framework, $auth, $secrets', (changed) => {
  const { budget } = planCreate(answersWith({ ...changed, runtime: 'system' }), inputs);
  const room = ceilingFor(answersWith(changed)) - budget.packages;
  expect(room).toBeGreaterThanOrEqual(0);
  expect(room).toBeLessThanOrEqual(mostRoom[changed.secrets.join()] ?? 30);
});

interface Lockfile {
  readonly lockfile: string;
  packagesIn(text: string): string[];
  directIn(text: string): Record<string, string>;
}

function lockfileOf(manager: PackageManager): Promise<Lockfile> {
  return import(
    `../../../templates/guardrails/dependencies/${manager}/test/guardrails/lockfile.ts`
  ) as Promise<Lockfile>;
}

function gone(): undefined {
  return undefined;
}
