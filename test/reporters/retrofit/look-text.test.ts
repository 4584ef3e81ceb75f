import { expect, test } from 'vitest';
import { lookText } from '../../../src/reporters/retrofit/look-text.ts';
import type { LookTelling } from '../../../src/reporters/retrofit/telling.ts';
import { secretsIn } from '../../../src/secrets/secrets-in.ts';
import { repositoryOf } from '../../support/repository.ts';
import { plainLook } from '../../support/voices.ts';
import { key, shop } from './plans.ts';

const facts = [
  { text: 'Express 4, 2 routes', where: { path: 'server.js', line: 4 } },
  { text: 'starts with node server.js', where: { path: 'package.json', line: 3 } },
];
const missing = [{ rule: 'auth/default-deny', title: 'Every route refuses strangers.', count: 2 }];
const nothing: LookTelling = { facts, keys: [], missing };

const withKeys = async (): Promise<LookTelling> => ({
  ...nothing,
  keys: await secretsIn(repositoryOf({ ...shop, 'copy.js': `const openai = new OpenAI({ apiKey: '${key}' });\n` })),
});

test('a key comes first: what it is, where to click, where it stands', async () => {
  const text = lookText(await withKeys(), plainLook);
  const lines = text.split('\n').filter((line) => line !== '');
  expect(lines[0]).toBe('Revoke these 2 keys now');
  expect(text).toContain('https://platform.openai.com/api-keys');
  expect(text).toMatch(/in copy\.js:1, server\.js:5/);
  expect(text).toContain('https://dashboard.stripe.com/apikeys');
  expect(text.indexOf('Revoke')).toBeLessThan(text.indexOf('What it is'));
  expect(text).not.toContain(key.slice(8, 20));
});

test('each fact stands beside the file that proves it', () => {
  const text = lookText(nothing, plainLook);
  expect(text).toContain('Express 4, 2 routes  server.js:4');
  expect(text).toContain('starts with node server.js  package.json:3');
  expect(text).not.toContain('Revoke');
});

test('what is missing is said in words, with the rule and how often', () => {
  expect(lookText(nothing, plainLook)).toContain('Every route refuses strangers (auth/default-deny, 2 places)');
  expect(lookText({ ...nothing, missing: [] }, plainLook)).toContain('Nothing of what is looked for is missing.');
});

test('fits 80 columns and drives no terminal', async () => {
  const told = {
    ...(await withKeys()),
    facts: [{ text: `x\u001b[2J ${'long '.repeat(30)}`, where: { path: 'a.js' } }],
  };
  const text = lookText(told, plainLook);
  expect(text.split('\n').filter((line) => line.length > 80)).toEqual([]);
  // oxlint-disable-next-line no-control-regex
  expect(text).not.toMatch(/\u001b/);
});
