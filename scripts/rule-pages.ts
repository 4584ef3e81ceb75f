// Writes docs/rules from the rules and their examples. A test fails when they are stale.
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { rulePages } from '../test/support/rule-pages.ts';

rmSync('docs/rules', { recursive: true, force: true });
const pages = await rulePages();
for (const [path, text] of pages) {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
}
console.log(`docs/rules: ${pages.size} pages`);
