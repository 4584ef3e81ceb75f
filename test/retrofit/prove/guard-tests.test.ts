import { afterEach, expect, test } from 'vitest';
import { cleanUp, manifestOf, projectOf, proven } from './project.ts';

afterEach(cleanUp);

const server = `
const express = require('express');
const app = express();
app.get('/orders', (req, res) => res.json([{ id: 1 }]));
app.get('/people', (req, res) => res.json([{ name: 'anna' }]));
app.listen(process.env.PORT || 3000);
`;
const files = { 'package.json': manifestOf('server.js'), 'server.js': server };
const suite = 'guardrails/tests/guards.test.mjs';

/** A suite that reads the answers that were recorded, and is red for those of one address. */
const picky = (red: string): string => `import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
const recorded = JSON.parse(readFileSync(new URL('recorded.json', import.meta.url)));
for (const { key } of recorded) test(key + ' answers as it did', () => assert.notEqual(key, '${red}'));
`;

test('guard tests that are green stay, with every answer', async () => {
  const proof = await proven(projectOf(files, ['express']), { tests: { [suite]: picky('') } }, {});
  expect(proof.dropped).toEqual([]);
  expect(proof.recorded.map(({ key }) => key)).toContain('GET /people');
});

test('an answer that does not come again is not kept', async () => {
  const proof = await proven(projectOf(files, ['express']), { tests: { [suite]: picky('GET /people') } }, {});
  expect(proof.dropped).toEqual([]);
  const keys = proof.recorded.map(({ key }) => key);
  expect([keys.includes('GET /orders'), keys.includes('GET /people')]).toEqual([true, false]);
});

test('guard tests that are red are left out, with the reason', async () => {
  const red = "throw new Error('the app does not start here');\n";
  const proof = await proven(projectOf(files, ['express']), { tests: { [suite]: red } }, {});
  expect(proof.dropped).toEqual([{ by: 'tests', why: expect.stringContaining('its guard tests are red: ') }]);
  expect(proof.recorded).toEqual([]);
});
