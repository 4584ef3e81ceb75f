import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { checkRepository } from '../../src/flow/check.ts';
import type { Report } from '../../src/flow/report.ts';
import { placeText } from '../../src/repository/place.ts';
import { examplesFrom, type Example } from '../../src/rules/examples.ts';
import { rules } from '../../src/rules/registry.ts';
import type { Rule, RuleFinding } from '../../src/rules/rule.ts';
import { projectOf } from './sample-project.ts';

describe.each(rules.map((rule) => [rule.id, rule] as const))('%s', (id, rule) => {
  const path = `test/rules/examples/${id}.md`;
  const examples = existsSync(path) ? examplesFrom(readFileSync(path, 'utf8')) : [];
  const bad = examples.filter(({ kind }) => kind === 'bad');
  const good = examples.filter(({ kind }) => kind === 'good');

  test('has at least two bad and two good examples, one of them hard', () => {
    expect(bad.length, 'bad examples').toBeGreaterThanOrEqual(2);
    expect(good.length, 'good examples').toBeGreaterThanOrEqual(2);
    expect(examples.some(({ hard }) => hard)).toBe(true);
  });

  test.each(bad.map((example) => [example.title, example] as const))('fails: %s', async (_, example) => {
    const failures = [...failuresOf(await reportOn(example, [rule])), ...(await worsenedBy(example, rule))];
    expect(failures.length).toBeGreaterThan(0);
    expect(failures.map(({ where }) => where && placeText(where))).toEqual(
      expect.arrayContaining([...example.failsAt]),
    );
  });

  test.each(good.map((example) => [example.title, example] as const))('trips nothing: %s', async (_, example) => {
    const failures = [...failuresOf(await reportOn(example, rules)), ...(await worsenedBy(example, rule))];
    expect(
      failures.map((finding) => `${'rule' in finding ? finding.rule : id} ${finding.where?.path}: ${finding.message}`),
    ).toEqual([]);
  });
});

function reportOn(example: Example, asked: typeof rules): Promise<Report> {
  return checkRepository(projectOf(example), { rules: asked, stage: 'production', version: '0.0.0' });
}

/** What an example made worse, where it says what was there before. */
async function worsenedBy(example: Example, rule: Rule): Promise<Failure[]> {
  if (Object.keys(example.before).length === 0) return [];
  const before = projectOf({ ...example, files: example.before, without: [] });
  const found = (await rule.compare?.(before, projectOf(example))) ?? [];
  return found.filter((finding) => finding.verdict === 'fail');
}

type Failure = Extract<RuleFinding, { verdict: 'fail' }>;

function failuresOf({ findings }: Report): Report['findings'] {
  return findings.filter(({ verdict }) => verdict === 'fail');
}
