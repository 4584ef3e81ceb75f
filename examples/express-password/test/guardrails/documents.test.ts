// Documents name only commands that exist, so that whoever follows them, person or agent, gets somewhere.
import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

const inDocs = readdirSync('docs', { recursive: true, encoding: 'utf8' }).map((name) => `docs/${name}`);
const documents = [...readdirSync('.'), ...inDocs].filter((path) => path.endsWith('.md'));
const { scripts } = JSON.parse(readFileSync('package.json', 'utf8')) as { scripts: Record<string, string> };

test.each(documents)('every command in %s exists', (path) => {
  const named = readFileSync(path, 'utf8').matchAll(/\b(?:npm|pnpm|yarn|bun) run (?:--silent )?([a-z][\w:-]*\w)/g);
  const unknown = [...named].map(([, name]) => name ?? '').filter((name) => !(name in scripts));
  expect(unknown).toEqual([]);
});

test('AGENTS.md is short enough to be read, and CLAUDE.md points to it', () => {
  expect(readFileSync('AGENTS.md', 'utf8').split('\n').length).toBeLessThanOrEqual(150);
  expect(readFileSync('CLAUDE.md', 'utf8').split('\n')[0]).toBe('@AGENTS.md');
});
