import { describe, expect, test } from 'vitest';
import { baselineFrom, baselineOf, baselineText } from '../../src/flow/baseline.ts';
import { compareRepositories } from '../../src/flow/compare.ts';
import { fails, failOns } from '../../src/flow/fail-on.ts';
import { selector } from '../../src/flow/select.ts';
import type { Report } from '../../src/flow/report.ts';
import { stageOf } from '../../src/flow/stage.ts';
import type { Rule, RuleFinding } from '../../src/rules/rule.ts';
import { repositoryOf } from '../support/repository.ts';
import { failure, nakedRules, reportOf, ruleSaying, today } from '../support/voices.ts';

describe('what blocks', () => {
  test('a sure failure of a rule that has to hold at this stage', async () => {
    const production = ruleSaying('arch/stateless', [failure()], { stage: 'production' });
    const advice = ruleSaying('arch/app-factory', [failure()], { stage: 'advisory' });
    expect(await blocked(ruleSaying('auth/default-deny', [failure()]), 'prototype')).toBe(true);
    expect(await blocked(production, 'prototype')).toBe(false);
    expect(await blocked(production, 'production')).toBe(true);
    expect(await blocked(advice, 'production')).toBe(false);
  });

  test('nothing that asks for a look, and no rule whose precision is not measured', async () => {
    const { findings } = await reportOf([
      ruleSaying('auth/a', [failure({ confidence: 'review' })]),
      ruleSaying('auth/b', [failure()], { measured: false }),
    ]);
    expect(findings.map(({ blocks, confidence }) => [blocks, confidence])).toEqual([
      [false, 'review'],
      [false, 'review'],
    ]);
  });

  test('the stage is what catalog-info.yaml says, production above all', () => {
    expect(stageIn('spec:\n  lifecycle: production\n')).toBe('production');
    expect(stageIn('spec:\n  lifecycle: experimental\n')).toBe('prototype');
    expect(stageIn('spec:\n  lifecycle: experimental\n---\nspec:\n  lifecycle: "production"\n')).toBe('production');
    expect(stageIn('# lifecycle: production\n')).toBe('prototype');
    expect(stageOf(repositoryOf({}))).toBe('prototype');
  });
});

test('a rule that throws is unknown, with the reason; the others go on', async () => {
  const report = await reportOf([ruleSaying('auth/a', new Error('no idea')), ruleSaying('auth/b', [failure()])]);
  expect(report.findings.map(({ rule, verdict }) => `${rule} ${verdict}`)).toEqual(['auth/a unknown', 'auth/b fail']);
  expect(report.findings[0]?.message).toContain('no idea');
  expect(report.findings[0]?.stack).toContain('Error: no idea');
});

test('what cannot be told about the most important is not a yes', async () => {
  const unknown = ruleSaying('auth/default-deny', [{ verdict: 'unknown', message: 'the routes are made in a loop' }], {
    weight: 'blocker',
  });
  const { conclusion } = await reportOf([unknown]);
  expect(conclusion.answer).toBe('not-known');
  expect(conclusion.sentences.join(' ')).toContain('the routes are made in a loop');
});

test('the conclusion has at most five sentences, the most dangerous first, and counts the rest', async () => {
  const more = ['deps/a', 'deps/b', 'arch/c'].map((id) =>
    ruleSaying(id as Rule['id'], [failure({ message: `${id} is broken. More.` })]),
  );
  const { conclusion } = await reportOf([...more, ...nakedRules]);
  expect(conclusion.sentences).toHaveLength(5);
  expect(conclusion.sentences[0]).toBe(
    'Anyone on the internet can call DELETE /orders/:id without signing in (and 4 more like it).',
  );
  expect(conclusion.sentences[4]).toBe('And 5 more rules are broken.');
  expect(conclusion.next).toBe('npx create-shipshape@1.2.3 explain auth/default-deny');
});

describe('fingerprints', () => {
  test('do not change with the line, the message or blanks', async () => {
    const [one] = await printsOf({ evidence: 'a( b )', where: { path: 'app.js', line: 3 } });
    const [other] = await printsOf({
      evidence: '  a(  b )',
      where: { path: 'app.js', line: 99 },
      message: 'Other words.',
    });
    expect(one).toBe(other);
  });

  test('differ by file, evidence and key; the same line twice is two findings', async () => {
    const prints = [
      ...(await printsOf({ evidence: 'a' }, { evidence: 'a' }, { evidence: 'b' }, { evidence: 'a', key: 'GET /' })),
      ...(await printsOf({ evidence: 'a', where: { path: 'other.js' } })),
    ];
    expect(new Set(prints).size).toBe(5);
  });
});

test('secrets and escape sequences never reach a report', async () => {
  const key = `AKIA${'ABCDEFGH23456722'}`;
  const report = await reportOf([
    ruleSaying('auth/a', [
      failure({ evidence: `const id = '${key}'; \u001b[31m`, where: { path: 'a\u001b[2Jb\n.js' } }),
    ]),
  ]);
  const text = JSON.stringify(report);
  expect(text).not.toContain(key);
  expect(text).not.toContain(String.raw`\u001b`);
  expect(report.findings[0]?.where?.path).toBe(String.raw`a\u{1b}[2Jb\n.js`);
});

test('the same repository gives the same report, whatever the order of the rules', async () => {
  const one = await reportOf(nakedRules);
  const other = await reportOf(nakedRules.toReversed());
  expect(JSON.stringify(other.findings)).toBe(JSON.stringify(one.findings));
});

describe('waivers', () => {
  const waiver = { rule: 'auth/a', place: 'app.js', reason: 'pilot', owner: '@ana', until: '2026-11-22' };
  const rules = [ruleSaying('auth/a', [failure({ key: 'GET /' })])];
  const verdictWith = async (changed: Partial<typeof waiver>): Promise<string | undefined> => {
    const files = { 'shipshape.json': JSON.stringify({ waivers: [{ ...waiver, ...changed }] }) };
    return (await reportOf(rules, {}, files)).findings[0]?.verdict;
  };

  test.each(['app.js', 'app.js:3', 'GET /', '*'])('at %s holds', async (place) => {
    expect(await verdictWith({ place })).toBe('waived');
  });

  test.each([
    ['another place', { place: 'other.js' }],
    ['another rule', { rule: 'auth/b' }],
    ['no reason', { reason: ' ' }],
    ['no owner', { owner: 'somebody' }],
    ['no last day', { until: '' }],
    ['a last day that has passed', { until: '2026-11-21' }],
  ])('with %s does not', async (_, changed) => {
    expect(await verdictWith(changed)).toBe('fail');
  });

  test('that nothing needs are told', async () => {
    const files = { 'shipshape.json': JSON.stringify({ waivers: [{ ...waiver, place: 'gone.js' }] }) };
    expect((await reportOf(rules, {}, files)).unusedWaivers).toMatchObject([{ place: 'gone.js' }]);
  });
});

describe('a baseline', () => {
  const old = ruleSaying('auth/a', [failure({ key: 'GET /' }), failure({ key: 'GET /old' })]);

  test('lets only new findings fail, and says what is gone', async () => {
    const baseline = baselineOf(await reportOf([old]), today);
    const now = ruleSaying('auth/a', [failure({ key: 'GET /' }), failure({ key: 'GET /new' })]);
    const report = await reportOf([now], { baseline });
    expect(report.baseline).toEqual({ known: 1, gone: 1, fresh: 1, before: { 'auth/a': 2 }, written: '2026-11-22' });
    expect(report.findings.map(({ key, known }) => [key, known])).toEqual([
      ['GET /', true],
      ['GET /new', false],
    ]);
    expect(fails(report, 'any')).toBe(true);
    expect(fails(await reportOf([old], { baseline }), 'any')).toBe(false);
  });

  test('does not make an unsafe project a safe one', async () => {
    const baseline = baselineOf(await reportOf([old]), today);
    expect((await reportOf([old], { baseline })).conclusion.answer).toBe('no');
  });

  test('holds fingerprints and no text, and is read as it was written', async () => {
    const baseline = baselineOf(await reportOf(nakedRules), today);
    const text = baselineText(baseline);
    expect(text).not.toMatch(/server\.js|orders|OpenAI/);
    expect(baselineFrom(text)).toEqual(baseline);
    for (const bad of ['', '[]', '{"schema":2}', '{"schema":1,"findings":{"a":[1]}}'])
      expect(baselineFrom(bad)).toBeUndefined();
  });
});

describe('what ends with 1', () => {
  test.each([
    ['blocking', true],
    ['any', true],
    ['blocker', false],
    ['high', true],
    ['never', false],
  ] as const)('--fail-on %s', async (failOn, expected) => {
    expect(fails(await reportOf([ruleSaying('auth/a', [failure()])]), failOn)).toBe(expected);
  });

  test('of what asks for a look only `any` takes notice, of a waived finding nothing does', async () => {
    const look = await reportOf([ruleSaying('auth/a', [failure({ confidence: 'review' })])]);
    expect(failOns.filter((failOn) => fails(look, failOn))).toEqual(['any']);
    const waivers = [{ rule: 'auth/a', place: '*', reason: 'pilot', owner: '@ana', until: '2027-01-01' }];
    const waived = await reportOf(
      [ruleSaying('auth/a', [failure()])],
      {},
      { 'shipshape.json': JSON.stringify({ waivers }) },
    );
    expect(failOns.filter((failOn) => fails(waived, failOn))).toEqual([]);
  });
});

describe('which rules are asked', () => {
  const ids = ['auth/default-deny', 'auth/no-fail-open', 'secrets/no-hardcoded'];
  const chosen = (only: string[], skip: string[] = []): string[] => ids.filter(selector({ only, skip }, ids));

  test('ids and groups, without what is skipped', () => {
    expect(chosen([])).toEqual(ids);
    expect(chosen(['auth'], ['auth/no-fail-open'])).toEqual(['auth/default-deny']);
    expect(chosen([], ['auth'])).toEqual(['secrets/no-hardcoded']);
  });

  test('a name that is none is refused, with the nearest one', () => {
    expect(() => chosen(['auth/default-dany'])).toThrow('Did you mean auth/default-deny?');
    expect(() => chosen([], ['default-deny'])).toThrow('Did you mean auth/default-deny?');
  });
});

test('only what lies in changed files is told', async () => {
  const rule = ruleSaying('auth/a', [
    failure(),
    failure({ where: { path: 'other.js' } }),
    failure({ where: { path: '.' } }),
  ]);
  const report = await reportOf([rule], { changed: { since: 'main', paths: new Set(['other.js']) } });
  expect(report.findings.map(({ where }) => where?.path)).toEqual(['other.js']);
  expect(report.changedSince).toBe('main');
});

describe('what guardrails say of their own project', () => {
  const unknown = ruleSaying('auth/a', [{ verdict: 'unknown', message: 'too clever' }]);
  const promised = async (promise: object, rule: Rule = unknown): Promise<string[]> => {
    const promises = (): never => [{ rule: 'auth/a', message: 'kept', ...promise }] as never;
    return (await reportOf([rule], { promises })).findings.map(({ verdict }) => verdict);
  };

  test('a kept promise answers what the rule could not tell, a broken one fails', async () => {
    expect(await promised({ verdict: 'pass' })).toEqual(['pass']);
    expect(await promised({ verdict: 'fail', where: 'src/app.ts', remedy: 'restore it' })).toEqual(['fail']);
    expect(await promised({ verdict: 'pass' }, ruleSaying('auth/a', [failure()]))).toEqual(['fail']);
    expect(
      await promised(
        { verdict: 'fail', where: 'a', remedy: 'b' },
        ruleSaying('auth/a', [{ verdict: 'pass', message: 'fine' }]),
      ),
    ).toEqual(['fail']);
  });
});

test('what was seen takes the place of what was read', async () => {
  const read = ruleSaying('auth/a', [failure({ key: 'GET /a' }), failure({ key: 'GET /b' })]);
  const proofs = [
    { rule: 'auth/a' as const, key: 'GET /a', finding: { verdict: 'pass' as const, message: 'answered 401' } },
  ];
  const { findings } = await reportOf([read], { proofs });
  expect(findings.map(({ verdict, key, message }) => `${verdict} ${key ?? message}`)).toEqual([
    'pass answered 401',
    'fail GET /b',
  ]);
});

describe('a comparison', () => {
  test('tells new failures and no old ones, and counts what is mended', async () => {
    const report = await compared(
      () => [failure({ key: 'old' }), failure({ key: 'mended' })],
      () => [failure({ key: 'old' }), failure({ key: 'new' })],
    );
    expect(report.findings.map(({ key }) => key)).toEqual(['new']);
    expect(report.change).toMatchObject({ since: 'main', mended: 1, before: { 'auth/a': 2 }, after: { 'auth/a': 2 } });
  });

  test('a file that was moved is not new', async () => {
    const report = await compared(
      () => [failure({ evidence: 'x()', where: { path: 'app.js', line: 1 } })],
      () => [failure({ evidence: 'x()', where: { path: 'lib/app.js', line: 9 } })],
      {},
      { 'lib/app.js': '1' },
    );
    expect(report.findings).toEqual([]);
    expect(report.conclusion).toMatchObject({
      answer: 'yes',
      sentences: ['Nothing that this check looks for got worse since main.'],
    });
  });

  test('a rule that was kept and is broken lost its safeguard', async () => {
    expect(await lostBy(kept, '.')).toBe('gate-on-pr');
    expect(await lostBy(kept, 'app.js')).toBe('gate-on-pr');
    expect(await lostBy(kept, 'new-app')).toBeUndefined();
    expect(await lostBy(() => [failure({ key: 'other' })], '.')).toBeUndefined();
  });

  test('asks rules that compare by themselves', async () => {
    const report = await compared(
      () => [],
      () => [],
      { compare: () => [failure({ message: 'A test is gone.' })] },
    );
    expect(report.findings).toMatchObject([{ message: 'A test is gone.', control: 'a', blocks: true }]);
  });
});

function stageIn(catalog: string): string {
  return stageOf(repositoryOf({ 'catalog-info.yaml': catalog }));
}

/** The fingerprints of failures of one rule. */
async function printsOf(...failures: Parameters<typeof failure>[0][]): Promise<string[]> {
  const { findings } = await reportOf([ruleSaying('auth/a', failures.map(failure))]);
  return findings.map(({ fingerprint }) => fingerprint);
}

/** Compares two revisions of app.js, '1' and '2', about which a rule says different things. */
function compared(
  before: Rule['check'],
  after: Rule['check'],
  changed: Partial<Rule> = {},
  files: Readonly<Record<string, string>> = { 'app.js': '2' },
): Promise<Report> {
  const rule = ruleSaying('auth/a', [], {
    check: (repository, context) => (repository.read('app.js') === '1' ? before : after)(repository, context),
    ...changed,
  });
  const options = { rules: [rule], stage: 'prototype', version: '1.2.3', today, since: 'main' } as const;
  return compareRepositories(repositoryOf({ 'app.js': '1' }), repositoryOf(files), options);
}

/** Whether the failure of a rule blocks at a stage. */
async function blocked(rule: Rule, stage: 'prototype' | 'production'): Promise<boolean | undefined> {
  return (await reportOf([rule], { stage })).findings[0]?.blocks;
}

const kept = (): readonly RuleFinding[] => [{ verdict: 'pass', message: 'it is tested' }];

/** What is said to be gone where a rule that asks for a safeguard is broken now. */
async function lostBy(before: Rule['check'], path: string): Promise<string | undefined> {
  const report = await compared(before, () => [failure({ where: { path } })], { id: 'ci/gate-on-pr' });
  return report.findings[0]?.control;
}
