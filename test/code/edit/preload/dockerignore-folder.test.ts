import { expect, test } from 'vitest';
import { dockerignoreWithFolder } from '../../../../src/code/edit/preload/dockerignore-folder.ts';

function made(text: string): string {
  const result = dockerignoreWithFolder(text, 'guardrails');
  if (result.kind !== 'text') return result.kind;
  expect(dockerignoreWithFolder(result.text, 'guardrails')).toEqual({ kind: 'there' });
  return result.text;
}

test.each([
  ['node_modules\n.git\n', 'there'],
  ['', 'there'],
  ['*\n!src\n', '*\n!src\n!guardrails\n'],
  ['*\r\n!src', '*\r\n!src\r\n!guardrails'],
  ['**\n!/src/**\n!package.json\n', '**\n!/src/**\n!package.json\n!guardrails\n'],
  ['*\n!guardrails/\n', 'there'],
  ['**/*.mjs\n', '**/*.mjs\n!guardrails\n'],
  ['*.mjs\n', 'there'],
])('%j', (text, after) => {
  expect(made(text)).toBe(after);
});
