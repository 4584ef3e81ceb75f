import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { check, getFileInfo, resolveConfig } from 'prettier';
import { afterAll, describe, expect, test } from 'vitest';
import { choices, type Answers, type SecretSource } from '../../src/answers/answers.ts';
import { planCreate } from '../../src/flow/create.ts';
import type { Templates } from '../../src/flow/templates.ts';
import { answersWith, inputs } from '../support/answers.ts';

/*
 * Each framework with each kind of users: fifteen projects, in which every source of secrets, both pipelines,
 * both ends and all package managers take turns, so that each TypeScript file that can be generated is in one of them.
 */
const users: readonly Partial<Answers>[] = [
  { auth: 'password', signUp: { mode: 'closed' } },
  { auth: 'password', signUp: { mode: 'invite' } },
  { auth: 'password', signUp: { mode: 'domain', domain: 'example.com' } },
  { auth: 'password', signUp: { mode: 'open' } },
  { auth: 'oidc', signUp: { mode: 'closed' } },
];

const chains: readonly (readonly SecretSource[])[] = [
  ['env', 'file'],
  choices.secrets,
  ['vault'],
  ['env', 'aws'],
  ['file', 'dotenv-vault'],
  ['env'],
  choices.secrets.toReversed(),
];

const used = new Set<string>();
const templates: Templates = {
  list: inputs.templates.list,
  render: (path, values) => {
    used.add(path);
    return inputs.templates.render(path, values);
  },
};

const projects = choices.framework
  .flatMap((framework) => users.map((kind) => ({ framework, ...kind })))
  .map((chosen, turn) => {
    const taken = <Value>(values: readonly Value[]): Value => values[turn % values.length] as Value;
    const answers = answersWith({
      ...chosen,
      secrets: taken(chains),
      ci: taken(choices.ci),
      afterExpiry: taken(choices.afterExpiry.toReversed()),
      packageManager: taken(choices.packageManager),
    });
    const title = `${answers.framework}, ${answers.auth} ${answers.signUp.mode}, ${answers.secrets.join(' ')}, ${answers.ci}, ${answers.afterExpiry}, ${answers.packageManager}`;
    return { title, files: planCreate(answers, { ...inputs, templates }).files };
  });

const folder = realpathSync(mkdtempSync(join(tmpdir(), 'shipshape-types-')));
const packages = resolve('test/workbench/node_modules');
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe.each(projects)('$title', ({ title, files }) => {
  const project = join(folder, title.replaceAll(/\W+/g, '-'));

  test('types and lint', { timeout: 60_000 }, () => {
    for (const [path, text] of files) {
      mkdirSync(join(project, dirname(path)), { recursive: true });
      writeFileSync(join(project, path), text);
    }
    symlinkSync(packages, join(project, 'node_modules'));
    expect(run(project, 'tsc')).toBe('');
    expect(run(project, 'oxlint', '--deny-warnings')).toBe('');
  });

  test('formatted as this repository is', { timeout: 60_000 }, async () => {
    const badly: string[] = [];
    for (const [path, text] of files) if (!(await isFormatted(path, text))) badly.push(path);
    expect(badly).toEqual([]);
  });
});

test('every TypeScript template is in one of them', () => {
  const all = ['guardrails', 'frameworks', 'starters'].flatMap((kind) =>
    inputs.templates.list(kind).map((path) => `${kind}/${path}`),
  );
  const typed = all.filter((path) => /\.ts(?:\.hbs)?$/.test(path));
  expect(typed.length).toBeGreaterThan(200);
  expect(typed.filter((path) => !used.has(path))).toEqual([]);
});

/** Runs a tool of the workbench by the Node that projects are made for; what it says where it does not like the project. */
function run(project: string, tool: string, ...words: string[]): string {
  const { status, stdout, stderr } = spawnSync(join(packages, '.bin', 'node'), [binOf(tool), ...words], {
    cwd: project,
    encoding: 'utf8',
  });
  return status === 0 ? '' : `${tool} ended with ${status}\n${stdout}${stderr}`;
}

function binOf(tool: string): string {
  return realpathSync(join(packages, '.bin', tool));
}

/** The same text at the same path is judged once: most files are the same in most projects. */
const judged = new Map<string, Promise<boolean>>();
const style = (await resolveConfig('package.json')) ?? {};

function isFormatted(path: string, text: string): Promise<boolean> {
  const key = `${path}\0${text}`;
  const verdict = judged.get(key) ?? judge(path, text);
  judged.set(key, verdict);
  return verdict;
}

async function judge(path: string, text: string): Promise<boolean> {
  const { inferredParser } = await getFileInfo(path);
  return inferredParser === null || check(text, { ...style, filepath: path });
}
