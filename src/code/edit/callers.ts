import { functionOf } from '../bindings.ts';
import type { Call, FunctionNode } from '../calls.ts';
import { isFunction } from '../calls.ts';
import type { Module } from '../module.ts';
import { parentsOf } from '../scopes.ts';
import { nodesOf } from '../walk.ts';
import type { Repository, RepositoryFile } from '../../repository/repository.ts';

/** A call in its file. */
export interface CallSite {
  readonly module: Module;
  readonly call: Call;
}

/** The calls of a function in these files, as far as names and imports tell. */
export function callersOf(
  repository: Repository,
  files: readonly RepositoryFile[],
  module: Module,
  made: FunctionNode,
): CallSite[] {
  return files.flatMap(({ path, role }) => {
    if (role !== 'source') return [];
    const other = path === module.path ? module : repository.module(path);
    if (!other) return [];
    return nodesOf(other.tree, 'CallExpression')
      .filter(({ callee }) => callee.type === 'Identifier' || callee.type === 'MemberExpression')
      .filter((call) => functionOf(repository, other, call.callee)?.node === made && !isWithin(other, call, made))
      .map((call) => ({ module: other, call }));
  });
}

function isWithin(module: Module, call: Call, made: FunctionNode): boolean {
  const parents = parentsOf(module);
  for (let around = parents.get(call); around; around = parents.get(around))
    if (isFunction(around) && around === made) return true;
  return false;
}
