import { describe, expect, test } from 'vitest';
import { choices } from '../../src/answers/answers.ts';
import { faults } from '../../src/drill/faults/index.ts';
import { planCreate } from '../../src/flow/create.ts';
import { createTree } from '../../src/tree/tree.ts';
import { answersWith, inputs } from '../support/answers.ts';

const projects = choices.framework.flatMap((framework) =>
  choices.auth.flatMap((auth) => choices.ci.map((ci) => answersWith({ framework, auth, ci }))),
);

describe.each(projects)('in a project on $framework with $auth and $ci', (answers) => {
  const files = new Map(planCreate(answers, inputs).files).set('package-lock.json', '{ "packages": {} }');

  test.each(faults.map((fault) => [fault.id, fault] as const))(
    '%s finds its place and changes something',
    (_id, fault) => {
      const tree = createTree(files);
      expect(fault.plant(tree)).toBe(true);
      expect(tree.changes()).not.toEqual([]);
    },
  );
});

test('there are at least thirty faults, and each has an id of its own', () => {
  expect(new Set(faults.map(({ id }) => id)).size).toBe(faults.length);
  expect(faults.length).toBeGreaterThanOrEqual(30);
});
