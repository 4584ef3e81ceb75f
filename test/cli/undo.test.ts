import { spawn } from 'node:child_process';
import { chmodSync, mkdirSync, rmSync, symlinkSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { freePort } from '../e2e/packed.ts';
import { usersNode } from '../support/users-node.ts';
import { done, foldersOf, key, orders, prototype, put, quickly, run, textOf, tree } from './retrofit-prototype.ts';
import { plainEnvironment } from './shipshape.ts';

// Each test starts the program a few times, maybe on a busy computer.
vi.setConfig({ testTimeout: 120_000 });

const server = orders['server.js'] ?? '';

describe('undo', () => {
  test('gives every byte back: modes, line ends and the mark at the start too', () => {
    const folder = prototype({
      'server.js': `\ufeff${server.replaceAll('\n', '\r\n')}`,
      'README.md': '# Orders\r\n\r\nNo line end at the end',
      '.env': 'PORT=4000\n',
      '.gitignore': 'node_modules\n.env',
    });
    chmodSync(join(folder, 'server.js'), 0o755);
    const [before, folders] = [tree(folder), foldersOf(folder)];
    done(folder, 'retrofit', ...quickly, '--allow-dirty');
    expect(textOf(folder, 'server.js')).not.toContain(key);
    done(folder, 'undo');
    expect(tree(folder)).toEqual(before);
    expect(foldersOf(folder)).toEqual(folders);
  });

  test('twice: the second time nothing is left to undo', () => {
    const folder = prototype();
    done(folder, 'retrofit', ...quickly, '--only', 'ownership');
    done(folder, 'undo');
    const { code, err } = run(folder, 'undo');
    expect([code, err]).toEqual([2, expect.stringContaining('Nothing is recorded here') as string]);
  });

  test('--dry-run says what it would do, and does nothing', () => {
    const folder = prototype();
    done(folder, 'retrofit', ...quickly, '--only', 'ownership');
    const after = tree(folder);
    expect(done(folder, 'undo', '--dry-run')).toContain('shipshape.json');
    expect(tree(folder)).toEqual(after);
  });

  test('keeps what was edited elsewhere, refuses where both touch a line, and says which', () => {
    const folder = prototype();
    done(folder, 'retrofit', ...quickly);
    const guarded = textOf(folder, 'server.js');
    put(folder, { 'server.js': guarded.replace('guard(app);', 'guard(app); // mine') });
    const touched = tree(folder);
    const { code, err } = run(folder, 'undo');
    expect([code, err]).toEqual([2, expect.stringMatching(/server\.js:\d+/) as string]);
    expect(tree(folder)).toEqual(touched);
    put(folder, { 'server.js': guarded.replace('tea: 3', 'tea: 4') });
    done(folder, 'undo');
    expect(textOf(folder, 'server.js')).toBe(server.replace('tea: 3', 'tea: 4'));
  });

  test('--leave-by-hand undoes the rest', () => {
    const folder = prototype();
    done(folder, 'retrofit', ...quickly);
    put(folder, { 'server.js': textOf(folder, 'server.js').replace('guard(app);', 'guard(app); // mine') });
    done(folder, 'undo', '--leave-by-hand');
    expect(Object.keys(tree(folder))).not.toContain('guardrails/gate.cjs');
    expect(textOf(folder, 'server.js')).toContain('// mine');
  });

  test('of what is neither a guardrail nor a folder, or was never brought in, says so', () => {
    const folder = prototype();
    done(folder, 'retrofit', ...quickly, '--only', 'ownership');
    expect(run(folder, 'undo', 'oauth')).toMatchObject({
      code: 2,
      err: expect.stringContaining('Guardrails are') as string,
    });
    expect(run(folder, 'undo', 'auth')).toMatchObject({
      code: 2,
      err: expect.stringContaining('What can be undone: ') as string,
    });
  });

  test.each([
    ['--only', 'auth,operability,security,logs'],
    ['--skip', 'ci'],
  ])('after %s %s, undo auth leaves an app that starts, and asks nobody who they are', async (...words) => {
    const folder = prototype();
    lendExpress(folder);
    done(folder, 'retrofit', ...quickly, ...words);
    done(folder, 'undo', 'auth');
    const at = await start(folder);
    const [health, list] = [await fetch(`${at}/livez`), await fetch(`${at}/orders`)];
    expect([health.status, list.status]).toEqual([200, 200]);
  });

  test('of one whose lines others have changed since says whom to undo first, and does nothing', () => {
    const folder = prototype();
    done(folder, 'retrofit', ...quickly, '--only', 'operability,logs,security');
    const after = tree(folder);
    const { code, err } = run(folder, 'undo', 'operability');
    expect([code, err.replaceAll(/\s+/g, ' ')]).toEqual([2, expect.stringMatching(/undo \w+ first/) as string]);
    expect(tree(folder)).toEqual(after);
  });
});

function lendExpress(folder: string): void {
  mkdirSync(join(folder, 'node_modules'));
  symlinkSync(resolve('node_modules/express-4'), join(folder, 'node_modules/express'), 'junction');
}

/** Starts the app as its owner would, and gives its address once it says that it is ready. */
async function start(folder: string): Promise<string> {
  const port = await freePort();
  const env = { ...plainEnvironment(), PORT: String(port) };
  const child = spawn(usersNode, ['server.js'], { cwd: folder, env });
  onTestFinished(() => {
    child.kill('SIGKILL');
    rmSync(join(folder, 'node_modules'), { recursive: true, force: true });
  });
  let said = '';
  await new Promise<void>((ready, failed) => {
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (data: Buffer) => {
        said += data.toString();
        if (said.includes('ready')) ready();
      });
    child.once('exit', () => failed(new Error(said)));
  });
  return `http://127.0.0.1:${port}`;
}
