import { describe, expect, test } from 'vitest';
import { choices } from '../../../src/answers/answers.ts';
import { planCreate } from '../../../src/flow/create.ts';
import { chainPath, sourcesIn } from '../../../src/guardrails/secrets/chain.ts';
import secrets from '../../../src/guardrails/secrets/index.ts';
import { answersWith, inputs } from '../../support/answers.ts';
import { projectFrom } from '../../support/project.ts';
import { brokenAfter } from '../../support/taken-out.ts';

const key = `sk_${'live'}_4eC39HqLyjWDarjtT1zdp7dc`;

describe('what is taken out or put in is seen', () => {
  test.each<[what: string, path: string, edit: (text: string) => string | undefined, rule: string]>([
    ['a key of a service in the code', 'src/app.ts', (text) => `${text}\npay('${key}');\n`, 'secrets/no-hardcoded'],
    ['the search for keys', 'test/guardrails/no-secrets-in-tree.test.ts', () => undefined, 'secrets/no-hardcoded'],
    ['the ignored .env', '.gitignore', (text) => text.replace('.env\n', ''), 'secrets/env-not-tracked'],
    ['.env in images', '.dockerignore', (text) => text.replace('.env.*\n', ''), 'secrets/env-not-tracked'],
    [
      'a read of the environment',
      'src/app.ts',
      (text) => `${text}\nif (process.env.X) stop();\n`,
      'secrets/config-boundary',
    ],
    [
      'a built-in secret',
      'src/guardrails/settings.ts',
      (text) => text.replace('.min(32)', ".default('a')"),
      'secrets/config-boundary',
    ],
    [
      'the check at start',
      'src/guardrails/config.ts',
      (text) => text.replace('loadConfig(', 'skip('),
      'secrets/config-boundary',
    ],
    ['a source', 'src/guardrails/secrets/file.ts', () => undefined, 'secrets/manager-wired'],
    ['the list of sources', chainPath, () => '', 'secrets/manager-wired'],
  ])('%s', (_what, path, edit, rule) => {
    expect(brokenAfter(secrets, path, edit)).toEqual([rule]);
  });

  test('a committed .env', () => {
    const files = new Map(planCreate(answersWith(), inputs).files).set('.env', 'A=1\n');
    const findings = secrets.inspect(projectFrom(files));
    expect(findings.filter(({ verdict }) => verdict === 'fail').map(({ rule }) => rule)).toEqual([
      'secrets/env-not-tracked',
    ]);
  });

  test('a finding never shows the key', () => {
    const files = new Map(planCreate(answersWith(), inputs).files).set('src/pay.ts', `pay('${key}')`);
    const told = JSON.stringify(secrets.inspect(projectFrom(files)));
    expect(told).toContain('src/pay.ts:1');
    expect(told).not.toContain(key.slice(0, 12));
  });
});

describe.each(choices.secrets)('with %s alone', (source) => {
  const { files } = planCreate(answersWith({ secrets: [source] }), inputs);

  test('only the chosen source is there, and the environment for laptops', () => {
    const expected = source === 'env' ? ['env'] : [source, 'env'];
    expect(sourcesIn(files.get(chainPath) ?? '')).toEqual(expected);
    for (const other of choices.secrets) {
      expect(files.has(`src/guardrails/secrets/${other}.ts`), other).toBe(expected.includes(other));
      expect(files.has(`docs/secrets/${other}.md`), other).toBe(expected.includes(other));
    }
  });

  test('packages and commands of other sources are left out', () => {
    const text = files.get('package.json') ?? '';
    expect(text.includes('@aws-sdk')).toBe(source === 'aws');
    expect(text.includes('dotenv-vault')).toBe(source === 'dotenv-vault');
    expect(text.includes('secrets:push')).toBe(source === 'dotenv-vault');
  });
});

test('sources keep the order in which they were given', () => {
  const { files } = planCreate(answersWith({ secrets: ['aws', 'env', 'dotenv-vault'] }), inputs);
  expect(sourcesIn(files.get(chainPath) ?? '')).toEqual(['aws', 'env', 'dotenv-vault']);
  expect(files.get('docs/secrets.md')).toMatch(/1\. `aws`.*\n2\. `env`.*\n3\. `dotenv-vault`/);
});
