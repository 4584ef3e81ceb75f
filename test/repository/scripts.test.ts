import { expect, test } from 'vitest';
import { commandsIn } from '../../src/repository/scripts.ts';
import { shellCommandsIn } from '../../src/repository/shell.ts';
import { repositoryOf } from '../support/repository.ts';

const repository = repositoryOf({
  'package.json': JSON.stringify({
    scripts: {
      pretest: 'npm run build',
      test: 'npm run lint && jest --ci',
      build: 'tsc -p .',
      lint: 'eslint .',
      all: 'run-s build "unit:*"',
      'unit:node': 'cross-env NODE_ENV=test c8 --reporter=lcov npx vitest run',
      ignored: 'jest || true',
      late: 'jest; exit 0',
      loop: 'npm run loop',
    },
  }),
  'backend/package.json': JSON.stringify({ scripts: { test: 'node --test' } }),
  Makefile: 'check: build\n\t@npm run lint\n\nbuild:\n\tnpm run build\n',
  'scripts/ci.sh': '#!/bin/sh\nset -e\nnpm run lint\n',
});

const words = (text: string): string[] => commandsIn(repository, text).map((command) => command.words.join(' '));

test.each([
  ['npm test', ['tsc -p .', 'eslint .', 'jest --ci']],
  ['npm run all', ['tsc -p .', 'vitest run']],
  ['yarn jest', ['jest']],
  ['cd backend && npm test', ['node --test']],
  ['npm --prefix backend test -- --watch', ['node --test']],
  ['npm test --workspaces', ['tsc -p .', 'eslint .', 'jest --ci', 'node --test']],
  ['make check', ['tsc -p .', 'eslint .']],
  ['./scripts/ci.sh', ['set -e', 'eslint .']],
  ['node --run lint', ['eslint .']],
  ['docker compose run --rm app npm run lint', ['eslint .']],
  ['if [ -f a ]; then npm run lint; fi', ['[ -f a ]', 'eslint .']],
  ['bash -c "npm run lint"', ['eslint .']],
])('%s starts %j', (text, expected) => {
  expect(words(text)).toEqual(expected);
});

const ignored = (text: string): boolean[] =>
  commandsIn(repository, text).flatMap((command) => (command.words[0] === 'jest' ? command.ignored : []));

test('a failure that is thrown away is told', () => {
  expect(ignored('npm run ignored')).toEqual([true]);
  expect(ignored('npm run late')).toEqual([true]);
  expect(ignored('jest || (cat log && exit 1)')).toEqual([false]);
  expect(ignored('jest && echo done || true')).toEqual([true]);
  expect(ignored('jest; echo done')).toEqual([false]);
});

test('what cannot be followed says why, and scripts that call themselves end', () => {
  expect(commandsIn(repository, 'npm run nothing')[0]?.unclear).toContain('no script');
  expect(commandsIn(repository, './gone.sh')[0]?.unclear).toContain('not in the repository');
  expect(commandsIn(repository, 'npm run loop')).toHaveLength(1);
});

test('shell text is split as a shell would', () => {
  const text = 'A=1 echo "a && b" # c\ncat <<EOF > x\nnpm test\nEOF\nnpm run lint 2>&1 | tee log';
  expect(shellCommandsIn(text).map((command) => [command.line, command.words.join(' ')])).toEqual([
    [0, 'echo a && b'],
    [1, 'cat'],
    [4, 'npm run lint 2>&1'],
    [4, 'tee log'],
  ]);
});
