import type { Node } from '@babel/types';
import { textOf, type Module } from '../../code/module.ts';
import { parentsOf } from '../../code/scopes.ts';

/** True for what happens only where a condition on the surroundings holds: `NODE_ENV === 'development' ? error.stack : undefined`. */
export function isForDevelopers(module: Module, at: Node): boolean {
  const parents = parentsOf(module);
  for (let node = parents.get(at); node; node = parents.get(node)) {
    const test = conditionOf(node);
    if (test && /NODE_ENV|isDev|development|isProd|production|debug|DEBUG|['"]env['"]/.test(textOf(module, test)))
      return true;
  }
  return false;
}

function conditionOf(node: Node): Node | undefined {
  if (node.type === 'ConditionalExpression' || node.type === 'IfStatement') return node.test;
  return node.type === 'LogicalExpression' ? node.left : undefined;
}
