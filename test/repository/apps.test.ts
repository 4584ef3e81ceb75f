import { expect, test } from 'vitest';
import { appOf, appsOf } from '../../src/repository/apps.ts';
import { repositoryOf } from '../support/repository.ts';

const shape = (files: Record<string, string>) =>
  appsOf(repositoryOf(files)).map(({ root, name, files: own }) => [root, name, own.map(({ path }) => path)]);

test('a folder without a package.json is one app', () => {
  expect(shape({ 'a/app.js': '' })).toEqual([['', 'sample', ['a/app.js']]]);
  expect(shape({})).toEqual([['', 'sample', []]]);
});

test('each file belongs to the nearest package.json above it', () => {
  const files = {
    'package.json': '{"name":"top"}',
    'tool.js': '',
    'api/package.json': '{"name":"@x/api"}',
    'api/src/app.js': '',
    'api/client/package.json': '{}',
    'api/client/main.js': '',
    'apidocs/a.js': '',
  };
  expect(shape(files)).toEqual([
    ['', 'top', ['apidocs/a.js', 'package.json', 'tool.js']],
    ['api', '@x/api', ['api/package.json', 'api/src/app.js']],
    ['api/client', 'client', ['api/client/main.js', 'api/client/package.json']],
  ]);
  const repository = repositoryOf(files);
  expect(appOf(repository, 'api/src/app.js')?.root).toBe('api');
  expect(appOf(repository, 'nowhere/else.js')?.root).toBe('');
});

test('a top without files of its own is no app', () => {
  expect(shape({ 'web/package.json': '{}' }).map(([root]) => root)).toEqual(['web']);
});

test('a package.json that is none is told', () => {
  const repository = repositoryOf({ 'package.json': '{"name": ' });
  expect(appsOf(repository)[0]?.manifest).toBeUndefined();
  expect(repository.unparsed).toEqual([{ path: 'package.json', why: 'not a JSON object' }]);
});
