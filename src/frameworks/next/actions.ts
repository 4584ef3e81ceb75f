import { isFunction } from '../../code/calls.ts';
import { exportsOf } from '../../code/exports.ts';
import { placeOf, type Module } from '../../code/module.ts';
import { walk } from '../../code/walk.ts';
import { exportedBy } from '../../code/bindings.ts';
import type { App } from '../../repository/apps.ts';
import type { Repository } from '../../repository/repository.ts';
import type { Channel } from '../server.ts';

/** The server actions of an app: exported functions of `'use server'` files, and functions that say so themselves. */
export function actionsIn(repository: Repository, app: App): Channel[] {
  return app.files.flatMap(({ path, role }) => {
    if (role !== 'source' || !repository.read(path)?.includes('use server')) return [];
    const module = repository.module(path);
    return module ? [...ofFile(repository, module), ...ofFunctions(module)] : [];
  });
}

function ofFile(repository: Repository, module: Module): Channel[] {
  if (!module.tree.program.directives.some(({ value }) => value.value === 'use server')) return [];
  return [...exportsOf(module).names].flatMap(([name, exported]): Channel[] => {
    if (exported.kind !== 'here') return [];
    const definition = exportedBy(repository, module, name);
    const code = definition?.kind === 'code' ? definition : undefined;
    if (code && !isFunction(code.node) && code.node.type !== 'CallExpression') return [];
    return [{ kind: 'server-action', where: placeOf(module, exported.node), code }];
  });
}

function ofFunctions(module: Module): Channel[] {
  const actions: Channel[] = [];
  walk(module.tree.program, (node) => {
    if (!isFunction(node) || node.body.type !== 'BlockStatement') return;
    if (node.body.directives.some(({ value }) => value.value === 'use server'))
      actions.push({ kind: 'server-action', where: placeOf(module, node), code: { module, node } });
  });
  return actions;
}
