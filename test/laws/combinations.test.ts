import { expect, test } from 'vitest';
import { choices, type Answers, type SecretSource } from '../../src/answers/answers.ts';
import { planCreate } from '../../src/flow/create.ts';
import { answersWith, inputs } from '../support/answers.ts';
import { everyCombination, everyThree } from './covering.ts';
import { defectsOf } from './soundness.ts';

/*
 * The product of all options is about half a million projects. Two choices make that a minute's work:
 *  1. the options that decide which files there are meet in every combination with those of their own kind:
 *     what the app is (framework, users, secrets), and what is around it (CI, package manager, Node, end);
 *  2. of all options, any three meet in every combination of their values.
 * `SHIPSHAPE_MATRIX=full` takes the product of everything that decides which files there are.
 */
const sources: readonly SecretSource[] = choices.secrets;

const users: readonly Partial<Answers>[] = [
  { auth: 'oidc', signUp: { mode: 'closed' } },
  ...choices.signUp.map(
    (mode) => ({ auth: 'password', signUp: mode === 'domain' ? { mode, domain: 'example.com' } : { mode } }) as const,
  ),
];

const app = {
  framework: choices.framework,
  users,
  secrets: [...sources.map((source) => [source]), ['env', 'file'] as const, sources, sources.toReversed()],
};

const surroundings = {
  ci: choices.ci,
  packageManager: choices.packageManager,
  runtime: choices.runtime,
  afterExpiry: choices.afterExpiry,
};

/** What only ends up as a text somewhere; the names are the kinds that are allowed. */
const texts = {
  data: choices.data,
  name: ['my-app', '@acme/my-app'],
  owner: ['@ana', '@acme/payments', '@group/subgroup/team', 'ana.b+c%d_e@example.co.uk'],
  second: [{}, { secondOwner: '@ben-c' }, { secondOwner: 'ben@example.com' }],
  onCall: ['@ana', 'ops@example.com', '+49 30 1234567', 'https://example.com/on-call?team=a&b=c'],
};

interface Chosen extends Partial<Answers> {
  readonly users?: Partial<Answers>;
  readonly second?: Partial<Answers>;
}

function rendered({ users: chosenUsers, second, ...others }: Chosen): ReadonlyMap<string, string> {
  const { secondOwner: _, ...usual } = answersWith();
  return planCreate({ ...usual, ...others, ...chosenUsers, ...second }, inputs).files;
}

function defectsWith(chosen: Chosen): string[] {
  try {
    return defectsOf(rendered(chosen));
  } catch (error) {
    return [String(error)];
  }
}

/** Each defect once, with the number of projects that have it and the answers of the first. */
function defectsAmong(combinations: readonly Chosen[]): string[] {
  const found = new Map<string, { times: number; first: Chosen }>();
  for (const chosen of combinations)
    for (const defect of defectsWith(chosen)) {
      const { times, first } = found.get(defect) ?? { times: 0, first: chosen };
      found.set(defect, { times: times + 1, first });
    }
  return [...found].map(([defect, { times, first }]) => `${defect} (${times} times, as in ${JSON.stringify(first)})`);
}

test('three of all options meet in every way', { timeout: 120_000 }, () => {
  const combinations = everyThree({ ...app, ...surroundings, ...texts });
  expect(defectsAmong(combinations)).toEqual([]);
  expect(combinations.length).toBeGreaterThan(8 * 5 * 4);
});

test('framework, users and secrets go together in every way', { timeout: 120_000 }, () => {
  expect(defectsAmong(everyCombination(app))).toEqual([]);
});

test('pipeline, package manager, Node and end go together in every way', { timeout: 120_000 }, () => {
  expect(defectsAmong(everyCombination({ ...surroundings, auth: choices.auth }))).toEqual([]);
});

test.runIf(process.env['SHIPSHAPE_MATRIX'] === 'full').each(choices.framework)(
  'everything that decides which files there are goes together in every way, with %s',
  { timeout: 1_200_000 },
  (framework) => {
    const combinations = everyCombination({ ...app, ...surroundings, framework: [framework] });
    expect(defectsAmong(combinations)).toEqual([]);
  },
);

test('the order in which answers are given does not matter', () => {
  const answers = answersWith();
  const reversed = Object.fromEntries(Object.entries(answers).toReversed()) as unknown as Answers;
  expect(planCreate(reversed, inputs).files).toEqual(planCreate(answers, inputs).files);
});

test('what is broken is noticed', () => {
  const broken: [path: string, text: string, defect: string][] = [
    ['src/Services/owner.ts', 'export {};\n', 'is there twice'],
    ['src/extra.ts', "import { x } from './gone.ts';\n", 'imports ./gone.ts'],
    ['src/extra.ts', "export * from 'left-pad';\n", 'imports left-pad'],
    ['scripts/extra.ts', "const { x } = await import('../src/gone.ts');\n", 'imports ../src/gone.ts'],
    ['docs/extra.md', 'Ask {{owner}}.\n', 'was not filled in'],
    ['docs/extra.md', 'Ask undefined.\n', '"undefined"'],
    ['docs/extra.md', `See ${process.cwd()}/docs.\n`, 'folder of this machine'],
    ['docs/extra.md', '\n', 'is empty'],
    ['.github/workflows/extra.yml', 'on: [push\n', 'is no YAML'],
    ['extra.json', '{,}\n', 'is no JSON'],
    [
      'package.json',
      '{"scripts":{"x":"node scripts/gone.ts"},"dependencies":{"pino":"^1.0.0"}}\n',
      'runs scripts/gone.ts',
    ],
    ['package.json', '{"scripts":{"x":"node --run y"},"dependencies":{"pino":"^1.0.0"}}\n', 'no exact version'],
  ];
  const files = rendered({});
  for (const [path, text, defect] of broken)
    expect(defectsOf(new Map([...files, [path, text]])).join('\n'), path).toContain(defect);
});
