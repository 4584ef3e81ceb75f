import type { Node } from '@babel/types';
import type { Module } from '../module.ts';
import { evaluate, functionValue } from './evaluate.ts';
import { binary } from './operators.ts';
import type { Run } from './run.ts';
import type { Scope } from './scope.ts';
import { constant, optionsOf, record, undefinedValue, type List, type Value } from './values.ts';

export function template(
  run: Run,
  module: Module,
  node: Extract<Node, { type: 'TemplateLiteral' }>,
  scope: Scope,
): Value {
  let whole: Value = constant('');
  node.quasis.forEach(({ value }, index) => {
    whole = binary(run, '+', whole, constant(value.cooked ?? value.raw));
    const inside = node.expressions[index];
    if (inside) whole = binary(run, '+', whole, evaluate(run, module, inside, scope));
  });
  return whole;
}

export function arrayOf(
  run: Run,
  module: Module,
  node: Extract<Node, { type: 'ArrayExpression' }>,
  scope: Scope,
): Value {
  const made: List = { kind: 'list', items: [], open: false, fills: node.elements.length === 0 };
  for (const element of node.elements) {
    if (element?.type !== 'SpreadElement') {
      made.items.push(element ? evaluate(run, module, element, scope) : undefinedValue);
      continue;
    }
    const spread = evaluate(run, module, element.argument, scope);
    if (spread.kind === 'list') made.items.push(...spread.items);
    if (spread.kind !== 'list' || spread.open) made.open = true;
  }
  return made;
}

export function objectOf(
  run: Run,
  module: Module,
  node: Extract<Node, { type: 'ObjectExpression' }>,
  scope: Scope,
): Value {
  const made = record();
  for (const property of node.properties) {
    if (property.type === 'SpreadElement') {
      const spread = evaluate(run, module, property.argument, scope);
      for (const option of optionsOf(spread))
        if (option.kind === 'record') for (const [name, value] of option.entries) made.entries.set(name, value);
      if (spread.kind !== 'record' || spread.open) made.open = true;
      continue;
    }
    const name = keyOf(run, module, property, scope);
    if (property.type === 'ObjectMethod') {
      if (name !== undefined && property.kind === 'method')
        made.entries.set(name, { ...functionValue(module, property, scope), self: made });
      else if (property.kind === 'get') made.open = true;
    } else {
      const value = evaluate(run, module, property.value, scope);
      if (name === undefined) made.open = true;
      else made.entries.set(name, value);
    }
  }
  return made;
}

/** The name of a property, also where it is worked out: `[name]: value`. */
function keyOf(
  run: Run,
  module: Module,
  { key, computed }: { key: Node; computed?: boolean | null },
  scope: Scope,
): string | undefined {
  if (!computed && key.type === 'Identifier') return key.name;
  const value = evaluate(run, module, key, scope);
  return value.kind === 'constant' ? String(value.value) : undefined;
}
