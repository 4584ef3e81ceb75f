import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { rulePages } from '../support/rule-pages.ts';

test('docs/rules is what the rules and their examples say (npm run rules)', async () => {
  const pages = await rulePages();
  const written = readdirSync('docs/rules', { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => `${entry.parentPath}/${entry.name}`);
  expect(written.toSorted()).toEqual([...pages.keys()].toSorted());
  for (const [path, text] of pages) expect(readFileSync(path, 'utf8'), path).toBe(text);
});

test('each page shows a bad and a good example', async () => {
  for (const [path, text] of await rulePages()) {
    if (path.endsWith('README.md')) continue;
    expect(text, path).toMatch(/^## Told: /m);
    expect(text, path).toMatch(/^## Not told: /m);
  }
});
