// Tries the guards on the running app: strangers are refused wherever the access table does not let them in, and the app answers as it did.
import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { after, describe, test } from 'node:test';
import { access } from '../access.mjs';
import { decide, isOpen } from '../access-rules.mjs';
import { isRefused, isRefusedByGuards, requestFor } from './ask.mjs';
import { questionOf, recorded, sameAsRecorded } from './recorded.mjs';
import { startApp } from './run-app.mjs';
import { signedIn } from './sign-in.mjs';

test('whoever is not in the access table is let in nowhere', () => {
  assert.equal(decide(undefined, undefined), 'sign in');
  assert.equal(decide(undefined, { id: 'somebody', roles: [] }), 'forbidden');
});

test('no entry of the access table opens more than it names', () => {
  const wide = Object.keys(access).filter((key) => isOpen(access[key]) && /\*|^USE \/?$/.test(key));
  assert.deepEqual(wide, []);
});

test('guard files are as they were written down', async (t) => {
  const program = new URL('guard-files.mjs', import.meta.url);
  if (!existsSync(program)) return t.skip('no list of them is kept');
  const { changedGuardFiles } = await import(program.href);
  assert.deepEqual(changedGuardFiles(), [], 'a change that is meant is written down by guard:update');
});

// An app with a route that is in no entry of the table does not start.
const app = await startApp().catch(sayWhy);
after(() => app.stop());
const nowhere = await app.ask({ path: '/guard-tests/no/such/address' });
const isGuarded = isRefused(nowhere);
const user = isGuarded ? await signedIn(app.ask) : {};

test('a stranger does not learn what is there and what is not', () => {
  const why =
    nowhere.status === 0 ? 'the app gave no answer' : `a stranger got ${nowhere.status}: is guard(app) called?`;
  assert.ok(isGuarded, why);
});

const asked = Object.keys(access).flatMap((key) => requestFor(key) ?? []);
test('entries of the access table can be asked for', () => assert.notEqual(asked.length, 0));

describe('a stranger is refused', { concurrency: 8 }, () => {
  for (const key of Object.keys(access).filter((each) => !isOpen(access[each]))) {
    const question = requestFor(key);
    if (!question) continue;
    test(key, async () => {
      assert.ok(isGuarded, 'not asked, because the guards are off');
      const answer = await app.ask(question);
      assert.ok(isRefused(answer), `a stranger got ${answer.status} ${answer.type}`);
    });
  }
});

describe('somebody without the role is refused', { concurrency: 8 }, async () => {
  const keys = Object.keys(access).filter((key) => access[key]?.anyOf && requestFor(key));
  const nobody = keys.length > 0 ? await signedIn(app.ask, false) : {};
  for (const key of keys)
    test(key, async () => {
      const { headers, ...question } = requestFor(key);
      assert.ok(isGuarded, 'not asked, because the guards are off');
      assert.equal((await app.ask({ ...question, headers: { ...headers, ...nobody } })).status, 403);
    });
});

describe('anybody may call what is open', { concurrency: 8 }, () => {
  for (const key of Object.keys(access).filter((each) => isOpen(access[each]) && /^(?:GET|HEAD) /.test(each))) {
    const question = requestFor(key);
    if (!question) continue;
    test(key, async () => assert.ok(!isRefusedByGuards(await app.ask(question)), 'the guards refused a stranger'));
  }
});

describe('whoever is signed in gets what the app answered when this was set up', { concurrency: 8 }, () => {
  for (const before of recorded()) {
    const { headers, ...question } = questionOf(before);
    test(`${before.key} answers as it did`, async () =>
      sameAsRecorded(await app.ask({ ...question, headers: { ...headers, ...user } }), before));
  }
});

/** Without the app there is nothing to ask: why it did not start is all that matters. */
function sayWhy({ message }) {
  process.stderr.write(`\n${message}\n\n`);
  process.exit(1);
}
