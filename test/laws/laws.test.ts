import { describe, expect, test } from 'vitest';
import { choices, type Answers } from '../../src/answers/answers.ts';
import { planCreate, planGuardrails, stageStarter } from '../../src/flow/create.ts';
import { guardrails } from '../../src/guardrails/registry.ts';
import { createTree } from '../../src/tree/tree.ts';
import { answersWith, inputs } from '../support/answers.ts';

const projects: Answers[] = choices.framework.flatMap((framework) =>
  choices.auth.map((auth) => answersWith({ framework, auth })),
);

describe.each(projects)('$framework with $auth', (answers) => {
  const plan = planCreate(answers, inputs);

  test('applying again changes nothing', () => {
    const again = planGuardrails(createTree(plan.files), answers, inputs);
    expect(again.changes).toEqual([]);
  });

  test('every guardrail accepts the project, and each of its rules has a verdict', () => {
    expect(plan.findings.filter(({ verdict }) => verdict === 'fail')).toEqual([]);
    expect(plan.findings.map(({ rule }) => rule).toSorted()).toEqual(
      guardrails.flatMap(({ rules }) => rules).toSorted(),
    );
  });

  test('create equals the plan of the starter', () => {
    const tree = createTree();
    stageStarter(tree, answers, inputs);
    const starter = createTree(new Map(tree.paths().map((path) => [path, tree.read(path) ?? ''])));
    expect(planGuardrails(starter, answers, inputs).files).toEqual(plan.files);
  });

  test('the order in which guardrails are applied does not matter', () => {
    const tree = createTree();
    stageStarter(tree, answers, inputs);
    expect(planGuardrails(tree, answers, inputs, guardrails.toReversed()).files).toEqual(plan.files);
  });

  test('the same inputs give the same bytes', () => {
    expect(planCreate(answers, inputs).files).toEqual(plan.files);
  });

  test('the naked starter keeps none of the promises', () => {
    const tree = createTree();
    stageStarter(tree, answers, inputs);
    const naked = planGuardrails(tree, answers, inputs);
    expect(naked.changes.length).toBeGreaterThan(0);
    expect([...naked.files.keys()].filter((path) => path.startsWith('src/guardrails/'))).not.toEqual([]);
  });
});
