import { execFileSync } from 'node:child_process';
import { chmodSync, existsSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { commit, folderWith, git, repositoryWith, write } from '../world/checkout-folder.ts';

/** A project in which everything that a tool could be tempted to run leaves a mark. */
export interface Trap {
  readonly folder: string;
  /** What has been run. */
  marks(): string[];
}

/** A project with two commits whose every script, configuration, hook, filter and driver leaves a mark when it runs. */
export function trap(): Trap {
  const marked = folderWith({});
  const script = (name: string) => `#!/bin/sh\ntouch "${marked}/${name}"\n`;
  const code = (name: string) => `require('node:fs').writeFileSync(${JSON.stringify(join(marked, name))}, '');\n`;
  const module = (name: string) =>
    `import { writeFileSync } from 'node:fs';\nwriteFileSync(${JSON.stringify(join(marked, name))}, '');\n`;
  const folder = repositoryWith({ 'app.js': code('app'), 'old.js': 'lost()', ...tools(script, code, module) });
  rmSync(join(folder, 'old.js'));
  write(folder, { 'app.js': `${code('app')}app.get('/', (request, response) => response.end());\n` });
  commit(folder, 'second');
  write(folder, { 'app.js': `${code('app')}// not committed\n` });
  for (const program of programs) chmodSync(join(folder, program), 0o755);
  armGit(folder, marked, script);
  return { folder, marks: () => readdirSync(marked).toSorted() };
}

const programs = [
  'evil.sh',
  'node_modules/.bin/git',
  'node_modules/.bin/node',
  'node_modules/.bin/npm',
  '.husky/pre-commit',
];

type Write = (name: string) => string;

/** What package managers, linters, test runners and editors read, and run. */
function tools(script: Write, code: Write, module: Write): Record<string, string> {
  const commonJs = [
    '.eslintrc.js',
    'babel.config.js',
    '.babelrc.js',
    'prettier.config.cjs',
    '.pnpmfile.cjs',
    '.prettierrc.cjs',
  ];
  const modules = [
    'vitest.config.ts',
    'eslint.config.mjs',
    'vite.config.ts',
    'next.config.mjs',
    'jest.config.mjs',
    'tsup.config.ts',
  ];
  const lifecycle = [
    'preinstall',
    'install',
    'postinstall',
    'prepare',
    'pretest',
    'test',
    'start',
    'build',
    'lint',
    'check',
  ];
  const dependencies = { express: '^4.0.0', secretlint: '1.0.0', yaml: '1.0.0' };
  return {
    ...Object.fromEntries(commonJs.map((path) => [path, code(path)])),
    ...Object.fromEntries(modules.map((path) => [path, module(path)])),
    ...Object.fromEntries(programs.map((path) => [path, script(path.replaceAll('/', '-'))])),
    'package.json': JSON.stringify({
      name: 'trap',
      main: './app.js',
      scripts: Object.fromEntries(lifecycle.map((name) => [name, './evil.sh'])),
      dependencies,
      eslintConfig: { root: true, plugins: ['./plugin.js'] },
      babel: { plugins: ['./plugin.js'] },
      prettier: './plugin.js',
    }),
    'plugin.js': code('plugin'),
    'plopfile.js': code('plopfile'),
    'tsconfig.json': JSON.stringify({
      extends: './plugin.js',
      compilerOptions: { plugins: [{ name: './plugin.js' }] },
    }),
    '.npmrc': 'script-shell=./evil.sh\nnode-options=--require ./plugin.js\ngit=./evil.sh\nignore-scripts=false\n',
    '.yarnrc.yml': 'yarnPath: ./plugin.js\nplugins:\n  - ./plugin.js\n',
    '.mocharc.json': '{"require":"./plugin.js"}',
    '.secretlintrc.js': code('secretlintrc'),
    '.envrc': 'touch envrc\n',
    '.gitattributes': '* filter=trap diff=trap merge=trap\n*.js text eol=crlf\n',
    '.gitmodules': '[submodule "x"]\n\tpath = x\n\turl = ext::./evil.sh\n\tupdate = !./evil.sh\n',
    '.env': 'NODE_OPTIONS=--require ./plugin.js\nPATH=./node_modules/.bin\n',
    'node_modules/yaml/index.js': code('yaml'),
    'node_modules/yaml/package.json': '{"name":"yaml","main":"index.js"}',
    'node_modules/@babel/parser/index.js': code('babel-parser'),
    'node_modules/@secretlint/core/index.js': code('secretlint'),
    'shipshape.json': '{"waivers":[{"rule":"__proto__","place":"$(./evil.sh)"}]}',
    'data.yaml': 'run: !!js/function "function () { require(`./plugin.js`) }"\n',
  };
}

/** Hooks, filters, drivers, aliases, pagers, a monitor and a promise of contents that only a remote helper could bring. */
function armGit(folder: string, marked: string, script: Write): void {
  const evil = (name: string) => `touch "${marked}/git-${name}"; cat`;
  const settings: Record<string, string> = {
    'core.fsmonitor': join(folder, '.git/monitor'),
    'core.hooksPath': join(folder, '.git/hooks'),
    'core.pager': evil('pager'),
    'core.sshCommand': evil('ssh'),
    'core.editor': evil('editor'),
    'core.askPass': evil('askpass'),
    'core.gitProxy': evil('proxy'),
    'core.alternateRefsCommand': evil('alternates'),
    'diff.external': evil('diff'),
    'diff.trap.command': evil('diff-trap'),
    'diff.trap.textconv': evil('textconv'),
    'filter.trap.clean': evil('clean'),
    'filter.trap.smudge': evil('smudge'),
    'filter.trap.required': 'true',
    'merge.trap.driver': evil('merge'),
    'credential.helper': `!${evil('credential')}`,
    'gpg.program': join(folder, 'evil.sh'),
    'log.showSignature': 'true',
    'remote.origin.url': `ext::${join(folder, '.git/remote')} %S`,
    'remote.origin.promisor': 'true',
    'remote.origin.partialclonefilter': 'blob:none',
    'remote.origin.uploadpack': evil('uploadpack'),
    'protocol.ext.allow': 'always',
    'protocol.allow': 'always',
    'core.repositoryformatversion': '1',
    'extensions.partialClone': 'origin',
    'core.worktree': folder,
  };
  const commands = ['ls-files', 'rev-parse', 'ls-tree', 'cat-file', 'rev-list', 'merge-base'];
  for (const command of commands) {
    settings[`alias.${command}`] = `!${evil(`alias-${command}`)}`;
    settings[`pager.${command}`] = evil(`pager-${command}`);
  }
  const lost = git(folder, 'rev-parse', 'HEAD~1:old.js');
  git(folder, 'update-index', '--fsmonitor');
  const hooks = [
    'pre-commit',
    'post-checkout',
    'post-index-change',
    'reference-transaction',
    'fsmonitor-watchman',
    'post-merge',
  ];
  write(join(folder, '.git'), { monitor: script('git-fsmonitor'), remote: script('git-remote') });
  write(join(folder, '.git/hooks'), Object.fromEntries(hooks.map((name) => [name, script(`git-hook-${name}`)])));
  for (const path of ['monitor', 'remote', ...hooks.map((name) => `hooks/${name}`)])
    chmodSync(join(folder, '.git', path), 0o755);
  for (const [name, value] of Object.entries(settings)) git(folder, 'config', name, value);
  const object = join(folder, '.git/objects', lost.slice(0, 2), lost.slice(2));
  if (existsSync(object)) rmSync(object);
}

/** What an ordinary git does in such a project: the trap is only worth something while this is caught in it. */
export function ordinaryGit(folder: string): void {
  for (const words of [['status'], ['diff'], ['cat-file', '-p', 'HEAD~1:old.js']]) {
    try {
      execFileSync('git', words, { cwd: folder, stdio: 'ignore', timeout: 10_000 });
    } catch {
      // It may well fail: what counts is what it ran.
    }
  }
}
