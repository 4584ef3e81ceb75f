import { describe, expect, test } from 'vitest';
import ownership from '../../src/guardrails/ownership/retrofit.ts';
import protectedFiles from '../../src/rules/agent/guard-files-protected.ts';
import expiry from '../../src/rules/ownership/lifecycle-expiry.ts';
import owner from '../../src/rules/ownership/owner-declared.ts';
import waivers from '../../src/rules/ownership/waivers-complete.ts';
import { repositoryOf } from '../support/repository.ts';
import { drafting, type Files } from './tests-scene.ts';

const app: Files = {
  'server.js': 'work();\n',
  'guardrails/index.cjs': '',
  'package.json': '{ "name": "@a/Orders App" }\n',
};
const context = { today: new Date('2026-11-22') } as never;

async function verdicts(files: Files): Promise<string[]> {
  const repository = repositoryOf(files);
  const found = await Promise.all(
    [owner, expiry, waivers, protectedFiles].map((rule) => rule.check(repository, context)),
  );
  return found.flat().map(({ verdict, message }) => `${verdict}: ${message}`);
}

test('check finds nothing to say, for a team and for one person', async () => {
  for (const answers of [{}, { owner: '@ana', secondOwner: undefined }]) {
    const { files } = await drafting(app, ownership, answers as never);
    expect((await verdicts(files)).filter((verdict) => !verdict.startsWith('pass'))).toEqual([]);
    expect((await drafting(files, ownership, answers as never)).steps).toEqual([]);
  }
});

test('the answers are kept under the same names as in new projects', async () => {
  const { files } = await drafting(app, ownership);
  const { answers, waivers: none } = JSON.parse(files['shipshape.json'] ?? '{}');
  expect(none).toEqual([]);
  expect(answers).toMatchObject({
    owner: '@acme/payments',
    onCall: '@acme/payments',
    expires: '2027-01-21',
    data: 'internal',
  });
});

describe('what is there stays', () => {
  test.each([
    ['waivers', 'shipshape.json', '{\r\n\t"waivers": []\r\n}\r\n', /^\{\r\n\t"waivers": \[\],\r\n\t"answers": \{/],
    [
      'lines of CODEOWNERS',
      'CODEOWNERS',
      '# ours\n/docs/ @writers\n',
      /^# ours\n\* @acme\/payments @acme\/platform\n\/docs\/ @writers\n\n# Guard files/,
    ],
    ['an owner of everything', 'CODEOWNERS', '* @acme/payments\n', /^\* @acme\/payments\n$/],
    [
      'another owner of everything',
      'CODEOWNERS',
      '\uFEFF* @boss',
      /^\uFEFF\* @boss\n\n# Guard files[^]*\/guardrails\/ @acme/,
    ],
    [
      'a catalog',
      'catalog-info.yaml',
      'kind: Component\nmetadata:\n  name: x # ours\nspec:\n  type: service\n',
      /metadata:\n {2}annotations:\n {4}shipshape.dev\/owner: '@acme\/payments'\n[^]*\n {2}name: x # ours\nspec:\n {2}lifecycle: experimental\n {2}owner: 'group:payments'\n {2}type: service\n$/,
    ],
    ['a README', 'README.md', '# Orders\r\n\r\nText', /^# Orders\r\n\r\nText\r\n\r\n## Who owns this\r\n\r\n@acme/],
  ])('%s', async (_name, path, text, expected) => {
    const { files } = await drafting({ ...app, [path]: text }, ownership);
    expect(files[path]).toMatch(expected);
    expect((await drafting(files, ownership)).steps).toEqual([]);
  });

  test('a README that names its maintainers, and a product', async () => {
    const files = {
      ...app,
      'README.md': '## Maintainers\n\nAna\n',
      'catalog-info.yaml': 'metadata: { name: x }\nspec: { lifecycle: production }\n',
    };
    const { files: made, left } = await drafting(files, ownership);
    expect(made['README.md']).toBe(files['README.md']);
    expect(made['catalog-info.yaml']).toBe(files['catalog-info.yaml']);
    expect(left[0]?.lines).toContain("shipshape.dev/owner: '@acme/payments'");
  });
});

test('GitLab reads it in sections', async () => {
  const { files } = await drafting(app, ownership, { ci: 'gitlab' });
  expect(files['.gitlab/CODEOWNERS']).toContain('[Guard files]\n/guardrails/ @acme/payments @acme/platform\n');
});
