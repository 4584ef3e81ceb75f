// Everything that names the owner or the end date names the same ones, and the end is at most 90 days away from its agreement.
import { existsSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { lifecycle } from '../../src/guardrails/lifecycle.ts';

const catalog = readFileSync('catalog-info.yaml', 'utf8');
const codeOwners = ['.github/CODEOWNERS', '.gitlab/CODEOWNERS', 'CODEOWNERS'].filter((path) => existsSync(path));

test('the catalog agrees with the program', () => {
  expect({
    stage: /^ {2}lifecycle: (\w+)$/m.exec(catalog)?.[1],
    owner: annotation('owner'),
    onCall: annotation('on-call'),
    agreedOn: annotation('agreed-on'),
    endsOn: annotation('expires-on'),
  }).toEqual(lifecycle);
});

test('the answers that this project was made from agree with the program', () => {
  const { answers } = JSON.parse(readFileSync('shipshape.json', 'utf8')) as { answers: Record<string, string> };
  expect({ owner: answers['owner'], onCall: answers['onCall'], endsOn: answers['expires'] }).toEqual({
    owner: lifecycle.owner,
    onCall: lifecycle.onCall,
    endsOn: lifecycle.endsOn,
  });
});

test('the owner has to agree to every change, guard files included', () => {
  expect(codeOwners).toHaveLength(1);
  const lines = readFileSync(codeOwners[0] ?? '', 'utf8').split(/\r?\n/);
  const ownersOf = (pattern: string) =>
    lines
      .filter((line) => line.split(/\s+/)[0] === pattern)
      .at(-1)
      ?.split(/\s+/);
  for (const pattern of ['*', '/src/guardrails/', '/test/guardrails/', '/scripts/', '/package.json', '/.shipshape/']) {
    expect(ownersOf(pattern), pattern).toContain(lifecycle.owner);
  }
});

test('an experiment ends at most 90 days after that was agreed', () => {
  const days = (Date.parse(lifecycle.endsOn) - Date.parse(lifecycle.agreedOn)) / 86_400_000;
  expect(days).toBeGreaterThanOrEqual(0);
  expect(days).toBeLessThanOrEqual(lifecycle.stage === 'production' ? Infinity : 90);
});

function annotation(name: string): string | undefined {
  return new RegExp(`^ {4}shipshape\\.dev/${name}: '(.*)'$`, 'm').exec(catalog)?.[1];
}
