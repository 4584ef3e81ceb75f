import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildSync } from 'esbuild';
import { expect, onTestFinished, test } from 'vitest';
import type { Step } from '../../src/tree/step.ts';
import { git } from '../support/git-folder.ts';
import { folderWith, pictureOf } from '../support/trees.ts';
import { usersNode } from '../support/users-node.ts';

/** Administrators may do everything, so the run is somebody else's where the tests are theirs. */
const somebody = process.getuid?.() === 0 ? { uid: 65534, gid: 65534 } : {};

/** Writes as somebody who may not write everywhere; what went wrong, or nothing. */
function writeAsSomebody(root: string, steps: readonly Step[]): { readonly said: string; readonly home: string } {
  const [program, home] = [join(folderWith({}), 'write.cjs'), folderWith({})];
  buildSync({ entryPoints: ['test/support/write-and-die.ts'], outfile: program, bundle: true, platform: 'node' });
  for (const folder of [join(program, '..'), root]) chmodSync(folder, 0o755);
  chmodSync(home, 0o777);
  const env = { ...process.env, XDG_STATE_HOME: home };
  const { stderr } = spawnSync(usersNode, [program, root, JSON.stringify(steps), '-1'], {
    ...somebody,
    env,
    encoding: 'utf8',
  });
  return { said: stderr, home };
}

/** Nobody but an administrator may change the folder, until the test is over. */
function shut(folder: string): void {
  chmodSync(folder, 0o555);
  onTestFinished(() => chmodSync(folder, 0o755));
}

const edit: Step = { kind: 'edit', path: 'open/a.txt', by: 'auth', before: 'a', after: 'b' };

test('a folder that we may not change is told before anything is written', () => {
  const root = folderWith({ 'open/a.txt': 'a', 'shut/b.txt': 'b' });
  chmodSync(join(root, 'open'), 0o777);
  chmodSync(join(root, 'open/a.txt'), 0o666);
  shut(join(root, 'shut'));
  const before = pictureOf(root);
  const { said, home } = writeAsSomebody(root, [
    edit,
    { kind: 'create', path: 'shut/new.txt', by: 'auth', after: 'n' },
  ]);
  expect(said).toContain('shut/new.txt lies in a folder that you may not change');
  expect(pictureOf(root)).toEqual({ ...before });
  expect(pictureOf(home)).toEqual({});
});

test('a .git that we may not change is no obstacle: we remember things for the user', () => {
  const root = folderWith({ 'open/a.txt': 'a' });
  git(root, 'init', '--quiet');
  chmodSync(join(root, 'open'), 0o777);
  chmodSync(join(root, 'open/a.txt'), 0o666);
  shut(join(root, '.git'));
  const { said, home } = writeAsSomebody(root, [edit]);
  expect(said).toBe('');
  expect(readFileSync(join(root, 'open/a.txt'), 'utf8')).toBe('b');
  expect(existsSync(join(root, '.git', 'shipshape'))).toBe(false);
  expect(Object.keys(pictureOf(home)).at(-1)).toMatch(/create-shipshape\/\w+\/runs\/0001\.json$/);
});
