import { spawn } from 'node:child_process';
import { existsSync, watch } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test, vi } from 'vitest';
import { usersNode } from '../support/users-node.ts';
import { done, foldersOf, prototype, quickly, run, tree } from './retrofit-prototype.ts';
import { bin, plainEnvironment } from './shipshape.ts';

// Each test starts the program a few times, maybe on a busy computer.
vi.setConfig({ testTimeout: 120_000 });

const words = ['retrofit', ...quickly];

/** What differs between two runs: a random secret, and a page that tells of the run. */
function settled(folder: string): Record<string, string> {
  const files = Object.entries(tree(folder));
  return Object.fromEntries(files.filter(([path]) => path !== '.env' && path !== 'handover.html'));
}

/** Starts a run and kills it as hard as it gets, some milliseconds after it began to write. True where it was killed. */
async function killed(folder: string, milliseconds: number): Promise<boolean> {
  const child = spawn(usersNode, [bin, ...words], {
    cwd: folder,
    env: { ...plainEnvironment(), XDG_STATE_HOME: join(dirname(folder), 'state') },
    stdio: 'ignore',
  });
  const watcher = watch(join(folder, '.git'), (event, name) => {
    if (name !== 'shipshape') return;
    watcher.close();
    setTimeout(() => child.kill('SIGKILL'), milliseconds);
  });
  return new Promise((ended) =>
    child.once('exit', (code, signal) => {
      watcher.close();
      ended(signal === 'SIGKILL');
    }),
  );
}

test.skipIf(process.platform === 'win32').each([0, 15, 40, 80, 150, 300])(
  'killed %i ms after it began to write: the next command settles it',
  async (milliseconds) => {
    const folder = prototype();
    const [old, folders] = [tree(folder), foldersOf(folder)];
    const wasKilled = await killed(folder, milliseconds);
    const { code, err } = run(folder, 'undo');
    // Either all was ready and is undone, or nothing had been done yet.
    expect([0, 2]).toContain(code);
    if (code === 2) expect(err).toContain('Nothing is recorded here');
    expect(tree(folder)).toEqual(old);
    expect(foldersOf(folder)).toEqual(folders);
    if (!wasKilled) expect(code).toBe(0);
  },
);

test.skipIf(process.platform === 'win32').each([5, 60])(
  'killed %i ms after it began to write: the same line again ends where it would have ended',
  async (milliseconds) => {
    const straight = prototype();
    done(straight, ...words);
    const folder = prototype();
    const wasKilled = await killed(folder, milliseconds);
    const { code, err } = run(folder, ...words, '--allow-dirty');
    expect(code, err).toBe(0);
    if (wasKilled && err !== '') expect(err).toContain('An earlier run was stopped half-way');
    expect(settled(folder)).toEqual(settled(straight));
    expect(existsSync(join(folder, '.git/shipshape/top/journal'))).toBe(false);
  },
);
