// The files that guard this project are the ones that were written down: none has changed, come or gone unnoticed.
import { spawnSync } from 'node:child_process';
import { expect, test } from 'vitest';

test('every guard file is as it was written down (a change that is meant: run guard:update)', () => {
  const { status, stderr } = spawnSync(process.execPath, ['scripts/guard-files.ts'], { encoding: 'utf8' });
  expect(stderr).toBe('');
  expect(status).toBe(0);
});
