import { expect, test } from 'vitest';
import { createTree } from '../../src/tree/tree.ts';

test('a write that equals what was found is no change', () => {
  const tree = createTree(new Map([['a.txt', 'one\n']]));
  tree.write('a.txt', 'two\n');
  tree.write('a.txt', 'one\n');
  expect(tree.changes()).toEqual([]);
});

test('changes tell what was created, edited and removed, sorted by path', () => {
  const tree = createTree(new Map([['edited', '1'], ['removed', '2']])); // prettier-ignore
  tree.remove('removed');
  tree.write('created', '3');
  tree.edit('edited', (text) => `${text}!`);
  expect(tree.changes()).toEqual([
    { kind: 'create', path: 'created', after: '3' },
    { kind: 'edit', path: 'edited', before: '1', after: '1!' },
    { kind: 'remove', path: 'removed', before: '2' },
  ]);
});

test('an edit that answers false, or of a file that is not there, changes nothing', () => {
  const tree = createTree(new Map([['a', '1']]));
  expect(tree.edit('a', () => false)).toBe(false);
  expect(tree.edit('b', (text) => `${text}!`)).toBe(false);
  expect(tree.changes()).toEqual([]);
});
