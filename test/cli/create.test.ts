import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { usersNode } from '../support/users-node.ts';
import { bin, emptyFolder, listing, plainEnvironment, shipshape } from './shipshape.ts';

const quickly = ['--owner', '@ana', '--no-install', '--no-git'];

function filesOf(folder: string): Map<string, string> {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  const paths = entries.map((entry) => join(entry.parentPath, entry.name));
  return new Map(paths.map((path) => [path.slice(folder.length + 1), readFileSync(path, 'utf8')]));
}

test('a project is written, with nothing beside it, and the next commands are named', () => {
  const folder = emptyFolder();
  const run = shipshape(['my-app', ...quickly], folder);
  expect(run.err).toBe('');
  expect(run.code).toBe(0);
  expect(listing(folder)).toEqual(['my-app']);
  expect(readFileSync(join(folder, 'my-app', 'package.json'), 'utf8')).toContain('"name": "my-app"');
  expect(run.out).toMatch(/Packages +\d+, about \d+ MB/);
  expect(run.out).toContain('Not verified');
  expect(run.out).toContain('Next\n  cd my-app\n  npm install\n  npm run check');
});

test('without a terminal the output is plain text', () => {
  const run = shipshape(['my-app', ...quickly], emptyFolder(), { CI: 'true', TERM: 'xterm-256color' });
  // oxlint-disable-next-line no-control-regex
  expect(run.out).not.toMatch(/[\u001b\r]/);
});

function colored(words: string[], environment: Record<string, string>): boolean {
  return shipshape(['help', ...words], emptyFolder(), environment).out.includes('\u001b[');
}

test('FORCE_COLOR colours, and NO_COLOR and --no-color win over it', () => {
  expect(colored([], { FORCE_COLOR: '1' })).toBe(true);
  expect(colored([], { FORCE_COLOR: '0' })).toBe(false);
  expect(colored([], { FORCE_COLOR: '1', NO_COLOR: '1' })).toBe(false);
  expect(colored(['--no-color'], { FORCE_COLOR: '1' })).toBe(false);
});

test('--dry-run lists every file with its size and writes nothing', () => {
  const folder = emptyFolder();
  const run = shipshape(['my-app', ...quickly, '--dry-run'], folder);
  expect(run.code).toBe(0);
  expect(run.out).toMatch(/ \d+(\.\d)? k?B {2}src\/app\.ts/);
  expect(run.out).toContain('Nothing was written.');
  expect(listing(folder)).toEqual([]);
});

test('the line that does the same without questions does the same', () => {
  const folder = emptyFolder();
  const flags = ['--framework', 'hono', '--secrets', 'vault,env', '--expires', '30d', '--on-call', '+49 30 1234567'];
  const first = shipshape(['my-app', ...quickly, ...flags], folder);
  const line = /^ {2}npm create shipshape@\S+ (.* --yes)$/m.exec(first.out)?.[1] ?? '';
  expect(line).toMatch(/^my-app -- /);
  const words = execFileSync('sh', ['-c', `printf '%s\\n' ${line.replace(' -- ', ' ')}`], { encoding: 'utf8' });
  const elsewhere = emptyFolder();
  expect(shipshape(words.trimEnd().split('\n'), elsewhere).code).toBe(0);

  const [made, again] = [filesOf(join(folder, 'my-app')), filesOf(join(elsewhere, 'my-app'))];
  for (const files of [made, again]) files.delete('.env');
  expect(again).toEqual(made);
});

test('--json prints one JSON text that says everything', () => {
  const folder = emptyFolder();
  const run = shipshape(['my-app', ...quickly, '--json'], folder);
  expect(run.code).toBe(0);
  expect(JSON.parse(run.out)).toMatchObject({
    code: 'created',
    folder: join(folder, 'my-app'),
    installed: false,
    verification: null,
    commit: null,
    next: ['cd my-app', 'npm install', 'npm run check'],
  });
});

test('--json --dry-run lists the files', () => {
  const run = shipshape(['my-app', ...quickly, '--json', '--dry-run'], emptyFolder());
  const planned = JSON.parse(run.out) as { code: string; files: { path: string; bytes: number }[] };
  expect(planned.code).toBe('planned');
  expect(planned.files.find(({ path }) => path === 'package.json')?.bytes).toBeGreaterThan(100);
});

test('secrets of this computer can be read by their owner alone, and no secret is in the output', () => {
  const folder = emptyFolder();
  const run = shipshape(['my-app', ...quickly, '--json'], folder);
  const local = join(folder, 'my-app', '.env');
  const stats = statSync(local, { throwIfNoEntry: false });
  if (!stats) return;
  expect(stats.mode & 0o777).toBe(0o600);
  const secret = /^\w+=(\S{32,})$/m.exec(readFileSync(local, 'utf8'))?.[1];
  expect(secret).toBeDefined();
  expect(run.out).not.toContain(secret);
});

test('an empty folder is used as it is, with the repository that is in it', () => {
  const folder = join(emptyFolder(), 'my-app');
  mkdirSync(join(folder, '.git'), { recursive: true });
  const before = statSync(folder).ino;
  expect(shipshape(['.', ...quickly], folder).code).toBe(0);
  expect(statSync(folder).ino).toBe(before);
  expect(listing(folder)).toContain('package.json');
});

test('folders above are made', () => {
  const folder = emptyFolder();
  expect(shipshape(['apps/new/my-app', ...quickly], folder).code).toBe(0);
  expect(listing(join(folder, 'apps', 'new'))).toEqual(['my-app']);
});

test('the first commit needs no name, no hook and no signature, and says whose it is', () => {
  const home = emptyFolder();
  const config = '[commit]\n gpgSign = true\n[init]\n templateDir = /nowhere\n[core]\n hooksPath = /bin\n';
  writeFileSync(join(home, '.gitconfig'), config);
  const folder = emptyFolder();
  const run = shipshape(['my-app', '--owner', '@ana', '--no-install'], folder, {
    HOME: home,
    XDG_CONFIG_HOME: home,
    GIT_CONFIG_NOSYSTEM: '1',
  });
  expect(run.code).toBe(0);
  expect(run.out).toContain('git does not know your name');
  const git = (...words: string[]): string =>
    execFileSync('git', words, {
      cwd: join(folder, 'my-app'),
      encoding: 'utf8',
      env: { ...plainEnvironment(), HOME: home },
    });
  expect(git('log', '--format=%an %s')).toMatch(/^create-shipshape Create my-app with create-shipshape \d/);
  expect(git('status', '--porcelain')).toBe('');
  expect(git('branch', '--show-current').trim()).toBe('main');
});

test('inside another repository no second one is made, and it is said', () => {
  const folder = emptyFolder();
  mkdirSync(join(folder, '.git'));
  const run = shipshape(['my-app', '--owner', '@ana', '--no-install'], folder);
  expect(run.out.replaceAll(/\s+/g, ' ')).toContain('no repository of its own was made');
  expect(listing(join(folder, 'my-app'))).not.toContain('.git');
});

test('the work goes on when nobody reads the output any more', () => {
  const folder = emptyFolder();
  const line = `'${usersNode}' '${bin}' my-app ${quickly.join(' ')} | true`;
  execFileSync('sh', ['-c', line], { cwd: folder, env: plainEnvironment() });
  execFileSync(
    'sh',
    ['-c', 'for i in 1 2 3 4 5 6 7 8 9; do [ -e my-app/package.json ] && exit; sleep 1; done; exit 1'],
    {
      cwd: folder,
    },
  );
  expect(listing(folder)).toEqual(['my-app']);
});

test('an old Node is told in one sentence', () => {
  const pretend = "data:text/javascript,Object.defineProperty(process.versions, 'node', { value: '18.20.1' })";
  const run = shipshape(['my-app', ...quickly], emptyFolder(), { NODE_OPTIONS: `--import="${pretend}"` });
  expect(run.code).toBe(2);
  expect(run.err).toContain('create-shipshape needs Node 20.19 or newer, and this is Node 18.20.1.');
  expect(run.err).not.toContain('at ');
});

test('--version, --help and help say what they are for', () => {
  const folder = emptyFolder();
  expect(shipshape(['--version'], folder).out).toMatch(/^\d+\.\d+\.\d+\n$/);
  for (const words of [['--help'], ['help'], ['my-app', '--help']]) {
    const { out, code } = shipshape(words, folder);
    expect(code).toBe(0);
    expect(out).toContain('--framework hono|fastify|express');
    expect(out.split('\n').filter((line) => line.length > 80 && !line.startsWith('  $'))).toEqual([]);
  }
  expect(shipshape(['help', 'generate'], folder).out).toContain('generate route');
  expect(shipshape(['help', 'generat'], folder).err).toContain('Did you mean generate?');
  expect(listing(folder)).toEqual([]);
});
