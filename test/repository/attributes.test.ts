import { expect, test } from 'vitest';
import { controlsRemoved } from '../../src/flow/difference.ts';
import { foreignMarks } from '../../src/repository/attributes.ts';
import { appsOf } from '../../src/repository/apps.ts';
import { repositoryOf } from '../support/repository.ts';

test.each([
  ['templates/**', 'templates/a/b.ts', true],
  ['templates/**', 'src/templates/a.ts', false],
  ['/templates/', 'templates/a.ts', true],
  ['*.gen.ts', 'src/deep/a.gen.ts', true],
  ['*.gen.ts', 'src/a.gen.tsx', false],
  ['src/*.js', 'src/a.js', true],
  ['src/*.js', 'src/a/b.js', false],
  ['**/dto/**', 'src/a/dto/b.ts', true],
  ['a+b.ts', 'aab.ts', false],
])('%s and %s: %s', (pattern, path, expected) => {
  const [mark] = foreignMarks(`${pattern} linguist-generated`);
  expect(mark?.matches.test(path)).toBe(expected);
});

test('only lines that mark count', () => {
  const text =
    '* text=auto\n# x linguist-generated\na/** linguist-vendored=true -diff\r\nb/** linguist-generated=false\n';
  expect(foreignMarks(text).map(({ pattern }) => pattern)).toEqual(['a/**']);
});

const files = {
  'package.json': '{}',
  'src/app.ts': 'export const app = 1;\n',
  'made/package.json': '{"name": "made"}',
  'made/app.ts': 'export const app = 1;\n',
};

test('marked files are no apps and are told', () => {
  const repository = repositoryOf({ ...files, '.gitattributes': 'made/** linguist-generated\n' });
  expect(repository.file('made/app.ts')?.role).toBe('vendored');
  expect(appsOf(repository).map(({ root }) => root)).toEqual(['']);
  expect(repository.notRead).toEqual([
    { path: '.gitattributes', why: 'calls 2 files generated or foreign: they are searched for tokens and not judged' },
  ]);
});

test('a change that marks judged files is a control removed', () => {
  const after = repositoryOf({ ...files, '.gitattributes': 'src/** linguist-generated\n' });
  const removed = controlsRemoved(repositoryOf(files), after, []);
  expect(removed.map(({ finding }) => 'key' in finding && finding.key)).toEqual(['foreign src/**']);
  const harmless = repositoryOf({ ...files, '.gitattributes': 'img/** linguist-generated\n' });
  expect(controlsRemoved(repositoryOf(files), harmless, [])).toEqual([]);
});
