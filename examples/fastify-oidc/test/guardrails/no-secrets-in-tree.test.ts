// Shows that no file of this project holds a password or a key, not even split into pieces or wrapped in base64.
import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { projectTexts } from './secret-scan/files.ts';
import { secretsIn } from './secret-scan/scan.ts';

test('no file holds a secret', async () => {
  const texts = [...projectTexts()];
  expect(texts.map(([path]) => path)).toContain('package.json');
  const found = await Promise.all(texts.map(([path, text]) => secretsIn(path, text)));
  expect(found.flat(), 'make a new key where it comes from, then read docs/secrets.md').toEqual([]);
});

test('no file with the settings of one computer is part of this project', () => {
  const environmentFiles = [...projectTexts().keys()].filter((path) => /(?:^|\/)\.env(?:\.|$)/.test(path));
  const shared = ['.env.encrypted', '.env.example', '.env.vault'];
  expect(environmentFiles.filter((path) => !shared.includes(path))).toEqual([]);
  const ignored = readFileSync('.gitignore', 'utf8').split(/\r?\n/);
  expect(ignored, '.gitignore').toEqual(expect.arrayContaining(['.env', '.env.*']));
});

describe('the search finds what it should', () => {
  const random = randomBytes(24).toString('base64').replaceAll(/\W/g, 'Q');
  const key = `sk_${'live'}_${random}`;
  const wrapped = Buffer.from(key).toString('base64');

  test.each([
    ['as it is', `pay('${key}')`],
    ['split', `const key = '${key.slice(0, 5)}' + '${key.slice(5)}';`],
    ['split over constants', `const a = '${key.slice(0, 5)}'; const b = '${key.slice(5)}'; pay(a + b);`],
    ['split in a template', `const a = '${key.slice(0, 5)}'; pay(\`\${a}${key.slice(5)}\`);`],
    ['joined', `pay(['${key.slice(0, 5)}', '${key.slice(5)}'].join(''));`],
    ['in base64', `pay(atob('${wrapped}'));`],
    ['in base64 and split', `pay(atob('${wrapped.slice(0, 9)}' + '${wrapped.slice(9)}'));`],
    ['by its name', `const sessionSecret = '${random.slice(0, 16)}a1';`],
    ['as a default', `const key = config.apiKey ?? '${random.slice(0, 16)}a1';`],
    ['in a comparison', `if (request.headers['x-api-key'] === '${random.slice(0, 16)}a1') open();`],
    ['with a comment that would switch it off', `pay('${key}'); // secretlint-disable-line`],
  ])('%s', async (_how, code) => {
    const found = await secretsIn('src/sample.ts', code);
    expect(found).not.toEqual([]);
    expect(found.join()).not.toContain(random.slice(0, 16));
  });

  test('in files that are no code', async () => {
    expect(await secretsIn('compose.yaml', `  POSTGRES_PASSWORD: ${random.slice(0, 12)}a1\n`)).not.toEqual([]);
    expect(await secretsIn('README.md', `postgres://app:${random}@db.internal/app`)).not.toEqual([]);
    expect(await secretsIn('README.md', `postgres://app:${random}@localhost/app`)).toEqual([]);
  });
});
