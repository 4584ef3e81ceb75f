import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { usersNode } from '../support/users-node.ts';
import { commit, folderWith, git, repositoryWith, stateOf, write } from '../world/checkout-folder.ts';
import { ordinaryGit, trap } from './hostile-project.ts';
import { bin, plainEnvironment, shipshape, type Run } from './shipshape.ts';

interface Told {
  readonly files: number;
  readonly notRead: readonly { readonly path: string; readonly why: string }[];
  readonly findings: readonly { readonly rule: string; readonly verdict: string; readonly message: string }[];
}

/** Runs `check` in every voice that prints, sees that it ends as it should, writes nothing and prints nothing raw; what it told as JSON. */
function check(folder: string): Told {
  const before = stateOf(folder);
  const runs = ['text', 'markdown', 'github', 'prompt', 'sarif', 'html', 'json'].map((format) =>
    shipshape(['check', folder, '--format', format], folder),
  );
  runs.push(shipshape(['check', '--all'], folder));
  for (const run of runs) expectCalm(run);
  expect(stateOf(folder)).toEqual(before);
  const told = JSON.parse(runs.at(-2)?.out ?? '') as Told;
  expect(told.findings.filter(({ message }) => message.includes('stumbled'))).toEqual([]);
  return told;
}

/** It ended by itself, with a verdict, without a stack and without a character that a terminal would obey. */
function expectCalm({ code, out, err }: Run): void {
  expect(err).not.toMatch(/^ {4}at |RangeError|TypeError|unexpected/m);
  expect([0, 1], `${out.slice(-2000)}\n${err}`).toContain(code);
  // oxlint-disable-next-line no-control-regex
  expect(out + err).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/);
}

const app =
  "const express = require('express');\nconst app = express();\napp.get('/', (q, s) => s.json({}));\napp.listen(3000);\n";
const manifest = JSON.stringify({ name: 'sample', scripts: { start: 'node app.js' }, dependencies: { express: '^4' } });

/** About 200 kB of the same. */
function long(part: string): string {
  return part.repeat(Math.ceil(200_000 / part.length));
}

describe('check reads hostile input calmly', () => {
  test('an empty folder, and one that git has made', () => {
    expect(check(folderWith({})).files).toBe(0);
    const folder = folderWith({});
    git(folder, 'init', '--quiet');
    expect(check(folder).files).toBe(0);
  });

  test('links that lead away or in circles', () => {
    const folder = folderWith({ 'package.json': manifest, 'app.js': app });
    for (const [path, target] of [
      ['etc', '/etc'],
      ['.env', '/etc/passwd'],
      ['circle', '.'],
      ['src', 'circle/circle'],
      ['itself.js', 'itself.js'],
      ['.github', '/proc/self'],
    ] as const)
      symlinkSync(target, join(folder, path));
    const { files, notRead } = check(folder);
    expect(files).toBe(2);
    expect(notRead.map(({ path }) => path)).toEqual(['.env', '.github', 'etc', 'itself.js']);
  });

  test('pipes in place of the files that everybody reads', () => {
    const folder = repositoryWith({ 'app.js': app });
    const names = ['package.json', '.env', '.gitignore', 'CODEOWNERS', 'shipshape.json', 'README.md', 'tsconfig.json'];
    spawnSync('mkfifo', names, { cwd: folder });
    const started = Date.now();
    const { notRead } = check(folder);
    expect(notRead).toEqual(expect.arrayContaining(names.map((path) => ({ path, why: 'a named pipe, not a file' }))));
    expect(Date.now() - started).toBeLessThan(20_000);
  });

  test('a file of a gigabyte', () => {
    const folder = folderWith({ 'package.json': manifest, 'app.js': app, '.env': '', 'huge.js': '' });
    for (const path of ['.env', 'huge.js']) truncateSync(join(folder, path), 1_073_741_824);
    const { notRead } = check(folder);
    expect(notRead).toEqual(expect.arrayContaining([{ path: 'huge.js', why: 'too large (1073.7 MB)' }]));
  });

  test('files in every encoding, and in none', () => {
    const random = Buffer.from(Array.from({ length: 4000 }, (_, at) => (at * 7919 + (at >> 3)) & 255));
    const names = ['package.json', 'app.js', '.env', 'app.ts', 'index.html', '.github/workflows/ci.yml', 'Dockerfile'];
    const encodings: Record<string, (text: string) => Buffer> = {
      binary: () => random,
      invalid: (text) =>
        Buffer.concat([Buffer.from([0xc3, 0x28, 0xff, 0xfe, 0x80]), Buffer.from(text, 'latin1'), random]),
      utf16le: (text) => Buffer.from(`\ufeff${text}`, 'utf16le'),
      utf16be: (text) => Buffer.from(`\ufeff${text}`, 'utf16le').swap16(),
      'utf16le-unmarked': (text) => Buffer.from(text, 'utf16le'),
      empty: () => Buffer.alloc(0),
    };
    for (const encode of Object.values(encodings)) {
      check(
        folderWith(Object.fromEntries(names.map((name) => [name, encode(name.endsWith('json') ? manifest : app)]))),
      );
    }
  });

  test('folders two hundred deep', () => {
    const deep = 'd/'.repeat(200);
    expect(check(folderWith({ [`${deep}app.js`]: app, [`${deep}package.json`]: manifest })).files).toBe(2);
  });

  test('code that is nested, chained or added up without end', () => {
    const many = 5000;
    const { notRead } = check(
      folderWith({
        'package.json': manifest,
        'app.js': app,
        'brackets.js': `require('express')().get('/', ${'['.repeat(4 * many)}${']'.repeat(4 * many)});`,
        'calls.ts': `${'f('.repeat(many)}${')'.repeat(many)}`,
        'functions.js': `${'(() => {'.repeat(many)}${'})()'.repeat(many)}`,
        'chain.js': `const app = require('express')();\napp${".use('/x', y => y)".repeat(many)};`,
        'members.js': `module.exports = a${'.b'.repeat(many)};`,
        'sum.js': `const secret = ${"'a' + ".repeat(many)}'b';\nfetch(secret);`,
        'template.js': `const t = ${'`${'.repeat(many)}1${'}`'.repeat(many)};`,
        'ifs.js': `${'if (a) '.repeat(many)}b();`,
        'else.js': `${'if (a) b(); else '.repeat(many)}b();`,
        'deep.json': '['.repeat(100_000),
        'deep.yml': '[ '.repeat(20_000),
        '.github/workflows/deep.yml': `on: push\njobs: ${'{a: '.repeat(5000)}`,
        'bomb.yml': `a: &a [x]\n${'bcdefghij'
          .split('')
          .map((name, at) => `${name}: &${name} [${`*${'abcdefghij'[at]},`.repeat(9)}]`)
          .join('\n')}\n`,
      }),
    );
    expect(notRead).toEqual(expect.arrayContaining([{ path: 'brackets.js', why: 'nested too deeply' }]));
  });

  test('text that makes careless patterns slow', () => {
    const lines = {
      spaces: long(' '),
      dashes: long('-'),
      letters: long('aB1'),
      quotes: long('\'"'),
      tabs: long('\t\n'),
    };
    const more = {
      keys: long('key='),
      slashes: long('/*'),
      opens: long('<!--'),
      urls: long('postgres://a:'),
      dots: long('.a'),
    };
    const texts = Object.entries({ ...lines, ...more });
    const files = ['js', 'md', 'json', 'yml', 'env', 'html'].flatMap((ending) =>
      texts.map(([name, text]) => [`${name}.${ending}`, text] as const),
    );
    const started = Date.now();
    check(folderWith({ ...Object.fromEntries(files), 'package.json': manifest, Dockerfile: long('RUN \\\n') }));
    expect(Date.now() - started).toBeLessThan(100_000);
  }, 120_000);

  test('a file with an error, whatever the file', () => {
    const names = [
      'app.js',
      'src/a.ts',
      'src/b.tsx',
      'src/c.jsx',
      'd.mjs',
      'e.cjs',
      'package.json',
      'tsconfig.json',
      'f.json',
    ];
    const more = [
      '.github/workflows/ci.yml',
      'pnpm-lock.yaml',
      'package-lock.json',
      'compose.yaml',
      'catalog-info.yaml',
      '.env',
    ];
    const files = [
      ...names,
      ...more,
      'yarn.lock',
      'Dockerfile',
      'CODEOWNERS',
      '.gitignore',
      'nginx.conf',
      'shipshape.json',
    ];
    const { notRead } = check(folderWith(Object.fromEntries(files.map((name) => [name, '}{ ]] : - "\' <% ${{ `']))));
    expect(notRead.map(({ path }) => path)).toEqual(
      expect.arrayContaining(['app.js', 'src/a.ts', 'src/b.tsx', 'src/c.jsx', 'd.mjs', 'e.cjs', 'package.json']),
    );
  });

  test('names that a terminal would obey', () => {
    const names = [
      '\u001b[2J\u001b[31mred.js',
      'line\nbreak.js',
      'title\u001b]0;x\u0007.js',
      'gnp.\u202esj.js',
      'c1\u009b31m.js',
      '\r::error::x.js',
    ];
    const key = `const password = '${'Qx7'.repeat(8)}';\neval(request.query.x);\n`;
    const files = Object.fromEntries(names.map((name) => [name, `${app}${key}}}`]));
    const good = Object.fromEntries(
      names.map((name) => [`${name}/${name}`, `${app}${key}`]).map(([name, text]) => [`d${name}`, text]),
    );
    const folder = repositoryWith({
      ...files,
      ...good,
      'package.json': manifest.replace('sample', '\\u001b[31msample'),
    });
    expect(check(folder).notRead).toHaveLength(names.length);
  });

  test('a folder whose own name a terminal would obey', () => {
    const folder = join(folderWith({}), '\u001b[31mred\nline');
    mkdirSync(folder);
    write(folder, { 'app.js': app });
    check(folder);
  });

  test.each([
    [
      '__proto__',
      '{"__proto__":{"name":"x","scripts":{"test":"x"},"polluted":true},"dependencies":{"__proto__":"1","constructor":"1","toString":"2"},"scripts":{"__proto__":"x","hasOwnProperty":"y"}}',
    ],
    [
      'numbers',
      '{"name":1,"type":2,"main":3,"scripts":4,"dependencies":5,"engines":6,"workspaces":7,"bin":8,"private":9,"packageManager":10}',
    ],
    [
      'lists',
      '{"name":[],"type":[],"main":[],"scripts":["a"],"dependencies":["express"],"engines":[null],"workspaces":[[]],"bin":[[]],"packageManager":[]}',
    ],
    [
      'null',
      '{"name":null,"type":null,"main":null,"scripts":null,"dependencies":null,"engines":null,"workspaces":null,"bin":null,"packageManager":null}',
    ],
    [
      'objects',
      '{"name":{},"scripts":{"start":{},"test":[]},"dependencies":{"express":{},"koa":null,"hono":1},"engines":{"node":{}},"workspaces":{"packages":{}},"bin":{"a":{}}}',
    ],
    ['no object', '"package"'],
  ])('manifests and settings of the wrong kind: %s', (_, text) => {
    const json = [
      'package.json',
      'tsconfig.json',
      'package-lock.json',
      'shipshape.json',
      '.shipshape/manifest.json',
      '.mcp.json',
    ];
    const more = [
      '.claude/settings.json',
      'renovate.json',
      'vercel.json',
      'turbo.json',
      '.vscode/mcp.json',
      'nest-cli.json',
    ];
    const yaml = [
      '.github/workflows/ci.yml',
      '.github/dependabot.yml',
      'compose.yaml',
      'pnpm-workspace.yaml',
      'catalog-info.yaml',
      '.gitlab-ci.yml',
    ];
    const files = [...json, ...more, ...yaml].map((path) => [path, text] as const);
    check(folderWith({ ...Object.fromEntries(files), 'app.js': app }));
  });

  const notRoot = process.getuid?.() === 0 ? { uid: 65_534, gid: 65_534 } : {};
  test('folders and files that we may not open', ({ skip }) => {
    const folder = folderWith({ 'app.js': app, 'closed/a.js': '', 'closed.js': '', 'package.json': manifest });
    const environment = { ...plainEnvironment(), HOME: folder };
    chmodSync(folder, 0o755);
    for (const path of ['closed', 'closed.js']) chmodSync(join(folder, path), 0);
    if (spawnSync(usersNode, [bin, '--version'], { ...notRoot, env: environment }).status !== 0) skip();
    const { stdout, status } = spawnSync(usersNode, [bin, 'check', folder, '--format', 'json'], {
      ...notRoot,
      cwd: folder,
      env: environment,
      encoding: 'utf8',
    });
    chmodSync(join(folder, 'closed'), 0o755);
    expect([0, 1]).toContain(status);
    expect((JSON.parse(stdout) as Told).notRead).toEqual(
      expect.arrayContaining([
        { path: 'closed', why: 'a folder that we may not open' },
        { path: 'closed.js', why: 'a file that we may not open' },
      ]),
    );
  });

  test.runIf(process.env['SHIPSHAPE_MATRIX'] === 'full')(
    'a hundred thousand files',
    () => {
      const folder = folderWith({ 'package.json': manifest });
      for (let group = 0; group < 100; group++) {
        mkdirSync(join(folder, `g${group}`));
        for (let at = 0; at < 1000; at++)
          writeFileSync(join(folder, `g${group}`, `f${at}.${at % 2 ? 'js' : 'md'}`), `f(${at})\n`);
      }
      const run = shipshape(['check', folder, '--format', 'json'], folder);
      expectCalm(run);
      expect((JSON.parse(run.out) as Told).files).toBe(100_001);
    },
    300_000,
  );
});

describe('check runs nothing of a project', () => {
  test('the trap catches an ordinary git', () => {
    const { folder, marks } = trap();
    ordinaryGit(folder);
    expect(marks()).toEqual(expect.arrayContaining(['git-clean', 'git-diff-trap', 'git-fsmonitor', 'git-remote']));
  });

  test.each([
    ['check', '--no-color'],
    ['check', '--all'],
    ['check', '--diff', 'HEAD~1'],
    ['check', '--changed=HEAD~1'],
    ['check', '--history'],
    ['check', '--format', 'sarif', '--verbose'],
  ])('%s %s', (...words) => {
    const { folder, marks } = trap();
    const before = stateOf(folder);
    const path = `${join(folder, 'node_modules/.bin')}:${process.env['PATH']}`;
    const run = shipshape(words, folder, { PATH: path });
    expectCalm(run);
    expect(run.out).not.toContain('not read as a git repository');
    expect(marks()).toEqual([]);
    expect(stateOf(folder)).toEqual(before);
  });

  test('a repository in which git only finds more repositories', () => {
    const folder = repositoryWith({ 'app.js': app, '.git-fake/config': '[core]\n\tfsmonitor = ./evil.sh\n' });
    write(folder, {
      'inner/.git/config': '[core]\n\tbare = false\n\tfsmonitor = touch ran',
      'inner/.git/HEAD': 'ref: refs/heads/main\n',
    });
    write(folder, { 'inner/a.js': app, '.git/modules/x/config': '' });
    commit(folder, 'second');
    check(folder);
  });
});
