import { expect, test } from 'vitest';
import { ciCommandsOf, placeOfCommand } from '../../src/repository/pipelines.ts';
import { yamlFrom } from '../../src/repository/yaml.ts';
import { repositoryOf } from '../support/repository.ts';

const manifest = { 'package.json': JSON.stringify({ scripts: { test: 'vitest run' } }) };

/** Where tests run before a merge, and where only after it. */
function testsIn(files: Record<string, string>): { before: string[]; after: string[] } {
  const tests = ciCommandsOf(repositoryOf({ ...manifest, ...files })).filter(({ words }) => words[0] === 'vitest');
  const places = (onChange: boolean): string[] =>
    tests.filter(({ job }) => job.onChange === onChange).map((command) => `${placeOfCommand(command).line}`);
  return { before: places(true), after: places(false) };
}

const job = 'jobs:\n  a:\n    steps:\n      - run: |\n          npm ci\n          npm test\n';

test.each([
  ['.github/workflows/a.yml', `on: [push, pull_request]\n${job}`, ['7']],
  ['.github/workflows/a.yml', `on: push\n${job}`, ['7']],
  ['.github/workflows/a.yml', `on:\n  pull_request:\n    types: [closed]\n${job}`, []],
  ['.github/workflows/a.yml', `on:\n  push:\n    branches: [main]\n${job}`, []],
  ['.forgejo/workflows/a.yml', `on: pull_request\n${job}`, ['7']],
  ['.gitlab-ci.yml', 'a:\n  script: npm test\n', ['2']],
  ['.gitlab-ci.yml', 'a:\n  only: [main]\n  script: npm test\n', []],
  ['.gitlab-ci.yml', '.b: &b\n  script:\n    - npm test\na:\n  <<: *b\n', ['3']],
  ['.circleci/config.yml', 'jobs:\n  build:\n    steps:\n      - checkout\n      - run: npm test\n', ['5']],
  [
    'azure-pipelines.yml',
    'steps:\n  - task: Npm@1\n    inputs:\n      command: custom\n      customCommand: run test\n',
    ['2'],
  ],
  ['azure-pipelines.yml', 'pr: none\nsteps:\n  - script: npm test\n', []],
  [
    'bitbucket-pipelines.yml',
    'pipelines:\n  default:\n    - parallel:\n        - step:\n            script:\n              - npm test\n',
    ['6'],
  ],
  ['.travis.yml', 'language: node_js\nnode_js: 24\n', ['1']],
  ['Jenkinsfile', "pipeline {\n  steps {\n    sh 'npm test'\n  }\n}\n", ['3']],
])('%s: tests before the merge (%#)', (path, text, expected) => {
  expect(testsIn({ [path]: text }).before).toEqual(expected);
});

test('YAML that refers to itself, and YAML that is none, end', () => {
  const cyclic = yamlFrom('a.yml', 'a: &a\n  b: *a\n  <<: *a\n').documents[0];
  expect(cyclic?.get('a')?.get('b')?.get('b')?.line).toBe(2);
  expect(yamlFrom('a.yml', '['.repeat(20_000)).error).toBeDefined();
  expect(yamlFrom('a.yml', '\ta: b').error).toBeDefined();
});
