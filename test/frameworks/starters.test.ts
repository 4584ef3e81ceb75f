import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { choices, type Framework } from '../../src/answers/answers.ts';
import { stageStarter } from '../../src/flow/create.ts';
import { createTree } from '../../src/tree/tree.ts';
import { answersWith, inputs } from '../support/answers.ts';

const installed = resolve('test/workbench/node_modules');

function starterOf(framework: Framework): Map<string, string> {
  const tree = createTree();
  stageStarter(tree, answersWith({ framework }), inputs);
  return new Map(tree.paths().map((path) => [path, tree.read(path) ?? '']));
}

function onDisk(files: ReadonlyMap<string, string>): string {
  const folder = mkdtempSync(join(tmpdir(), 'starter-'));
  for (const [path, text] of files) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  symlinkSync(installed, join(folder, 'node_modules'));
  return folder;
}

describe.each(choices.framework)('the naked %s starter', (framework) => {
  const files = starterOf(framework);

  test('has the versions of templates/versions.json', () => {
    const { dependencies, devDependencies } = JSON.parse(files.get('package.json') ?? '{}') as Record<string, object>;
    const packages = Object.entries({ ...dependencies, ...devDependencies });
    expect(packages.length).toBeGreaterThan(4);
    for (const [name, version] of packages) expect(version, name).toBe(inputs.versions[name]);
  });

  test('names no guardrail and does not ask who is signed in', () => {
    const source = [...files].filter(([path]) => path.startsWith('src/')).map(([, text]) => text);
    expect(source.join('\n')).not.toMatch(/guard|currentUser|session|token/i);
  });

  test('has one line that makes the app, to which the guard can be added', () => {
    const lines = (files.get('src/app.ts') ?? '').split('\n');
    expect(lines.filter((line) => /^ {2}const app = (?:new Hono|express|Fastify)\(\);$/.test(line))).toHaveLength(1);
  });

  test('type-checks, and its tests pass', () => {
    const folder = onDisk(files);
    try {
      const node = join(installed, '.bin', 'node');
      const run = (...command: string[]) =>
        execFileSync(node, command, { cwd: folder, encoding: 'utf8', stdio: 'pipe' });
      expect(run(join(installed, 'typescript', 'bin', 'tsc'))).toBe('');
      expect(run(join(installed, 'vitest', 'vitest.mjs'), 'run')).toMatch(/1\d passed/);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
