// Asks the running app what it answered when this was set up: a change that breaks a page or a route is noticed.
import { after, describe, test } from 'node:test';
import { recorded, sameAsRecorded } from './recorded.mjs';
import { startApp } from './run-app.mjs';

const app = await startApp();
after(() => app.stop());

test('the app starts and listens', async () => {
  const { status } = await app.ask({ path: '/' });
  if (status === 0 || status >= 500) throw new Error(`GET / answered ${status}`);
});

describe('everybody gets what the app answered when this was set up', { concurrency: 8 }, () => {
  for (const before of recorded())
    test(before.key, async () => sameAsRecorded(await app.ask({ path: before.path, method: before.method }), before));
});
