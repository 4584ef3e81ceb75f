import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { choices, type AfterExpiry } from '../../../src/answers/answers.ts';
import { planCreate } from '../../../src/flow/create.ts';
import { answersWith, inputs } from '../../support/answers.ts';
import { plainEnvironment } from '../../cli/shipshape.ts';

const modules = resolve('test/workbench/node_modules');
/** Nothing is installed here, so there is no lockfile that could be looked at. */
const withoutLock = ['--exclude', '**/dependencies.test.ts'];
const longAgo = { ...inputs, clock: new Date('2026-01-05T00:00:00Z') };

describe.each(choices.afterExpiry)('past its end date, and %s', (afterExpiry) => {
  test(
    'the expiry workflow fails and says what to do; the tests are green, so it can be repaired',
    { timeout: 120_000 },
    () => {
      const folder = projectThatEnded(afterExpiry);
      const expiry = run(folder, 'scripts/expiry.ts');
      expect(expiry.status).toBe(1);
      expect(expiry.stderr).toContain('@acme/payments decides now');

      const tests = run(folder, 'node_modules/vitest/vitest.mjs', 'run', '--reporter=default', ...withoutLock);
      expect(tests.stdout + tests.stderr).toMatch(/Tests {2}\d+ passed/);
      expect(tests.status).toBe(0);
    },
  );
});

test('before its end date an experiment may run, but not as production', { timeout: 60_000 }, () => {
  const folder = written(planCreate(answersWith({ expires: '2099-12-31' }), farAhead()).files);
  expect(run(folder, 'scripts/expiry.ts')).toMatchObject({ status: 0, stdout: expect.stringContaining('days left') });
  expect(run(folder, 'scripts/expiry.ts', 'trial').status).toBe(0);
  expect(run(folder, 'scripts/expiry.ts', 'production')).toMatchObject({
    status: 1,
    stderr: expect.stringContaining('it does not go to production'),
  });
});

function farAhead(): typeof inputs {
  return { ...inputs, clock: new Date('2099-12-01T00:00:00Z') };
}

function projectThatEnded(afterExpiry: AfterExpiry): string {
  return written(planCreate(answersWith({ afterExpiry, expires: '2026-02-01' }), longAgo).files);
}

function written(files: ReadonlyMap<string, string>): string {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'shipshape-expiry-')));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  for (const [path, text] of files) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  symlinkSync(modules, join(folder, 'node_modules'));
  return folder;
}

function run(folder: string, ...words: string[]) {
  const node = join(modules, '.bin', 'node');
  return spawnSync(node, words, { cwd: folder, env: { ...plainEnvironment(), NO_COLOR: '1' }, encoding: 'utf8' });
}
