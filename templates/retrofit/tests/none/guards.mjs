// Asks the running app what it answered when this was set up: a change that breaks a page or a route is noticed.
import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { after, describe, test } from 'node:test';
import { questionOf, recorded, sameAsRecorded } from './recorded.mjs';
import { startApp } from './run-app.mjs';

test('guard files are as they were written down', async (t) => {
  const program = new URL('guard-files.mjs', import.meta.url);
  if (!existsSync(program)) return t.skip('no list of them is kept');
  const { changedGuardFiles } = await import(program.href);
  assert.deepEqual(changedGuardFiles(), [], 'a change that is meant is written down by guard:update');
});

const app = await startApp().catch(sayWhy);
after(() => app.stop());

test('the app starts and listens', async () => {
  const { status } = await app.ask({ path: '/' });
  assert.ok(status > 0 && status < 500, `GET / answered ${status}`);
});

describe('everybody gets what the app answered when this was set up', { concurrency: 8 }, () => {
  for (const before of recorded())
    test(`${before.key} answers as it did`, async () => sameAsRecorded(await app.ask(questionOf(before)), before));
});

/** Without the app there is nothing to ask: why it did not start is all that matters. */
function sayWhy({ message }) {
  process.stderr.write(`\n${message}\n\n`);
  process.exit(1);
}
