import { expect, test } from 'vitest';
import { choices } from '../../../src/answers/answers.ts';
import { planCreate } from '../../../src/flow/create.ts';
import ownership from '../../../src/guardrails/ownership/index.ts';
import { answersWith, inputs } from '../../support/answers.ts';
import { projectFrom } from '../../support/project.ts';
import { brokenAfter } from '../../support/taken-out.ts';

const people = ['@acme/payments', '@ana', 'ana.lopez@example.com'];
const projects = choices.ci.flatMap((ci) =>
  choices.afterExpiry.flatMap((afterExpiry) => people.map((owner) => ({ ci, afterExpiry, owner }))),
);

test.each(projects)('a new project has an owner and an end: $ci, $afterExpiry, $owner', (changed) => {
  const { files } = planCreate(answersWith(changed), inputs);
  const verdicts = ownership.inspect(projectFrom(files, changed)).map(({ verdict }) => verdict);
  expect(verdicts).toEqual(ownership.rules.map(() => 'pass'));
});

test('one owner is enough: nobody is invented beside them', () => {
  const { secondOwner: _secondOwner, ...answers } = answersWith({ owner: '@ana' });
  const { files } = planCreate(answers, inputs);
  expect(files.get('.github/CODEOWNERS')).toContain('* @ana\n');
  expect(files.get('catalog-info.yaml')).toContain("shipshape.dev/second-owner: ''");
});

const taken: readonly [what: string, path: string, edit: (text: string) => string | undefined, rule: string][] = [
  ['the catalog', 'catalog-info.yaml', gone, 'ownership/owner-declared'],
  ['the owner of everything', '.github/CODEOWNERS', without(/^\* .*$/m), 'ownership/owner-declared'],
  [
    'another owner',
    '.github/CODEOWNERS',
    (text) => text.replace(/^\* .*$/m, '* @somebody'),
    'ownership/owner-declared',
  ],
  ['owners of guard files', '.github/CODEOWNERS', without(/^\/src\/guardrails.*$/m), 'ownership/owner-declared'],
  ['the end date', 'catalog-info.yaml', without(/^.*expires-on.*$/m), 'ownership/lifecycle-expiry'],
  ['another end date', 'catalog-info.yaml', later('expires-on: '), 'ownership/lifecycle-expiry'],
  ['more than 90 days', 'src/guardrails/lifecycle.ts', later('endsOn: '), 'ownership/lifecycle-expiry'],
  ['the layer', 'src/guardrails/index.ts', (text) => text.replace(/, expiry\b/, ''), 'ownership/lifecycle-expiry'],
  ['the weekly look', '.github/workflows/expiry.yml', without(/schedule:/), 'ownership/lifecycle-expiry'],
  ['the stage', 'catalog-info.yaml', without(/^ {2}lifecycle: .*$/m), 'ownership/lifecycle-expiry'],
  ['how to stop it', 'docs/runbook.md', without(/^## Stop it$/m), 'ownership/runbook-oncall'],
  ['a finished runbook', 'docs/runbook.md', (text) => `${text}\nTODO: ask Ana\n`, 'ownership/runbook-oncall'],
  [
    'whom to call',
    'catalog-info.yaml',
    (text) => text.replace(/on-call: .*/, "on-call: ''"),
    'ownership/runbook-oncall',
  ],
  ['whom to tell', 'SECURITY.md', gone, 'ownership/contact-and-data'],
  ['the kind of data', 'catalog-info.yaml', without(/^.*data-class.*$/m), 'ownership/contact-and-data'],
  ['the objectives', 'slo.yaml', gone, 'ownership/slo-declared'],
  [
    'a promise that can be kept',
    'slo.yaml',
    (text) => text.replace('target: 0.99', 'target: 1'),
    'ownership/slo-declared',
  ],
];

test.each(taken)('without %s it fails', (_what, path, edit, rule) => {
  expect(brokenAfter(ownership, path, edit)).toContain(rule);
});

function gone(): undefined {
  return undefined;
}

function without(line: RegExp): (text: string) => string {
  return (text) => text.replace(line, '');
}

function later(before: string): (text: string) => string {
  return (text) => text.replace(`${before}'2027-01-21'`, `${before}'2027-12-31'`);
}
