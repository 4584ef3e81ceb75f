import type { Node } from '@babel/types';
import { textOf, type Module } from '../../code/module.ts';
import { parentsOf } from '../../code/scopes.ts';
import { nodesOf } from '../../code/walk.ts';

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

/** A condition as it is written, also where it has a name: `const isDev = process.env.NODE_ENV !== 'production'`. */
function conditionText(module: Module, test: Node): string {
  if (test.type !== 'Identifier') return textOf(module, test);
  const declared = nodesOf(module.tree, 'VariableDeclarator').find(
    ({ id }) => id.type === 'Identifier' && id.name === test.name,
  );
  return declared?.init ? textOf(module, declared.init) : test.name;
}

function conditionOf(node: Node): Node | undefined {
  if (node.type === 'ConditionalExpression' || node.type === 'IfStatement') return node.test;
  return node.type === 'LogicalExpression' ? node.left : undefined;
}

/** True for what is left out only where NODE_ENV is production: `NODE_ENV === 'production' ? {} : error.stack`. Nothing set shows it. */
export function isShownUnlessProduction(module: Module, at: Node): boolean {
  const parents = parentsOf(module);
  let below = at;
  for (let node = parents.get(at); node; below = node, node = parents.get(node)) {
    const test = conditionOf(node);
    const text = test && below !== test ? conditionText(module, test) : '';
    if (!/NODE_ENV|['"]env['"]/.test(text)) continue;
    const isOtherwise =
      (node.type === 'ConditionalExpression' || node.type === 'IfStatement') && node.alternate === below;
    if (/['"`]production['"`]/.test(text)) return /!==?/.test(text) !== isOtherwise;
    // Express calls its surroundings 'development' when nobody names them.
    return /\.get\(\s*['"]env['"]/.test(text) && /===?\s*['"]development/.test(text) && !isOtherwise;
  }
  return false;
}
