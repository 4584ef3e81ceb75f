import { describe, expect, test } from 'vitest';
import { choices, type Answers } from '../../../src/answers/answers.ts';
import { planCreate } from '../../../src/flow/create.ts';
import auth from '../../../src/guardrails/auth/index.ts';
import { answersWith, inputs } from '../../support/answers.ts';
import { brokenAfter } from '../../support/taken-out.ts';

type Edit = (text: string) => string | undefined;

const without =
  (part: string | RegExp): Edit =>
  (text) =>
    text.replace(part, '');
const commentedOut =
  (line: string): Edit =>
  (text) =>
    text.replace(line, `// ${line}`);
const gone: Edit = () => undefined;

const app = 'src/app.ts';
const guards = 'src/guardrails';
const tests = 'test/guardrails';

const taken: readonly [rule: string, what: string, path: string, edit: Edit][] = [
  ['default-deny', 'the call of the guard', app, without('  guard(app);\n')],
  ['default-deny', 'the call of the guard, commented out', app, commentedOut('guard(app);')],
  [
    'default-deny',
    'the guard before the routes',
    app,
    (text) => text.replace(/ *guard\(app\);\n([^]*)( *return app;)/, '$1  guard(app);\n$2'),
  ],
  ['default-deny', 'the gate in the list of layers', `${guards}/index.ts`, without(', gate')],
  ['default-deny', 'the lock', `${guards}/index.ts`, (text) => text.replace(', lock)', ')')],
  ['default-deny', 'the check at the start', `${guards}/index.ts`, commentedOut('requireAccess(app);')],
  ['default-deny', 'the gate', `${guards}/gate.ts`, gone],
  ['default-deny', 'the table', `${guards}/access.ts`, gone],
  [
    'default-deny',
    'the check of the table',
    `${guards}/gate.ts`,
    (text) => text.replace('checkedTable(access)', 'access'),
  ],
  [
    'default-deny',
    'named doors',
    `${guards}/access.ts`,
    (text) => text.replace("'GET /expenses'", "'GET /*': open('all'),\n  'GET /expenses'"),
  ],
  ['regression-test', 'the matrix test', `${tests}/authorization-matrix.test.ts`, gone],
  [
    'regression-test',
    'the strangers of the matrix test',
    `${tests}/authorization-matrix.test.ts`,
    (text) => text.replaceAll('toBe(401)', 'toBe(200)'),
  ],
  ['object-level', 'the two-user test', `${tests}/object-level.test.ts`, gone],
  [
    'object-level',
    'the owner of records',
    'src/services/owner.ts',
    (text) => text.replace('currentUser().id', "'local'"),
  ],
  ['tokens-and-cookies', 'the same-site check', `${guards}/gate.ts`, commentedOut('if (mayBeForged')],
  ['tokens-and-cookies', 'the hidden cookie', `${guards}/session-cookie.ts`, without('httpOnly: true, ')],
  ['brute-force', 'the counting of attempts', `${guards}/sign-in.ts`, without(/ *const wait = spendAttempt.*\n/)],
  ['brute-force', 'its test', `${tests}/brute-force.test.ts`, gone],
  ['regression-test', 'the test of overlapping routes', `${tests}/overlapping-routes.test.ts`, gone],
  [
    'no-fail-open',
    'the refusal of strangers',
    `${guards}/access-rules.ts`,
    without("  if (!user) return 'sign in';\n"),
  ],
  ['no-fail-open', 'the lock on servers', `${guards}/gate.ts`, (text) => text.replace('lockServers({', 'void ({')],
  [
    'no-fail-open',
    'the refusal of other servers',
    `${guards}/server-lock.ts`,
    (text) => text.replace('res, 503', 'res, 200'),
  ],
  ['no-fail-open', 'the test of the server lock', `${tests}/server-lock.test.ts`, gone],
  ['no-fail-open', 'the test of the lock', `${tests}/lock.test.ts`, gone],
  ['no-fail-open', 'the test of missing rules', `${tests}/fail-closed.test.ts`, gone],
];

describe.each(choices.framework)('a %s project', (framework) => {
  test.each(taken)('fails auth/%s without %s', (rule, _what, path, edit) => {
    expect(brokenAfter(auth, path, edit, { framework })).toContain(`auth/${rule}`);
  });
});

const takenFromTokens: readonly [what: string, path: string, edit: Edit][] = [
  ['fixed algorithms', `${guards}/authenticate.ts`, (text) => text.replace("'RS256'", "'none'")],
  ['the audience', `${guards}/authenticate.ts`, without(/ *audience: .*\n/)],
  ['the end', `${guards}/authenticate.ts`, without("'exp', ")],
  ['the test of tokens', `${tests}/tokens.test.ts`, gone],
];

test.each(takenFromTokens)('company sign-in fails auth/tokens-and-cookies without %s', (_what, path, edit) => {
  expect(brokenAfter(auth, path, edit, { auth: 'oidc' })).toEqual(['auth/tokens-and-cookies']);
});

const projects: Partial<Answers>[] = [
  ...choices.signUp.map((mode): Partial<Answers> => ({
    signUp: mode === 'domain' ? { mode, domain: 'example.com' } : { mode },
  })),
  { auth: 'oidc' },
];

test.each(projects)('every route that is added has its entry: %o', (changed) => {
  const { files } = planCreate(answersWith(changed), inputs);
  const access = files.get('src/guardrails/access.ts') ?? '';
  const sources = [...files].filter(([path]) => path.startsWith('src/guardrails/')).map(([, text]) => text);
  const added = sources.flatMap((text) => [...text.matchAll(/addRoute\(app, '(\w+)', '([^']+)'/g)]);
  const routes = added.map(([, method, path]) => `${method} ${path}`);
  expect(routes.length).toBeGreaterThan(2);
  expect(routes.filter((route) => !access.includes(`'${route}': `))).toEqual([]);
});

test('records belong to whoever is signed in, and the tests sign in', () => {
  const { files } = planCreate(answersWith(), inputs);
  expect(files.get('src/services/owner.ts')).toContain('return currentUser().id;');
  expect(files.get('test/support.ts')).toContain('return signInAs(running, role);');
});
