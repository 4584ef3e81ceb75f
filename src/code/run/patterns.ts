import type { Node } from '@babel/types';
import { keyNameOf } from '../calls.ts';
import type { Module } from '../module.ts';
import { evaluate } from './evaluate.ts';
import { memberOf, setMember } from './members.ts';
import type { Run } from './run.ts';
import { holderOf, type Scope } from './scope.ts';
import { either, list, record, textOfValue, undefinedValue, unknown, type Value } from './values.ts';

/** How a pattern gets its names: declared here, declared in the function around, or assigned to what is there. */
export type Binding = 'const' | 'let' | 'var' | 'using' | 'await using' | 'assign';

/** Gives the names of a pattern their values. */
export function bind(run: Run, module: Module, pattern: Node, value: Value, scope: Scope, binding: Binding): void {
  switch (pattern.type) {
    case 'Identifier':
      return run.journal.set(placeFor(scope, pattern.name, binding).variables, pattern.name, value);
    case 'AssignmentPattern':
      return bind(run, module, pattern.left, withDefault(run, module, pattern.right, value, scope), scope, binding);
    case 'TSParameterProperty': {
      const { parameter } = pattern;
      return bind(run, module, parameter, value, scope, binding);
    }
    case 'RestElement':
      return bind(run, module, pattern.argument, value, scope, binding);
    case 'ObjectPattern':
      return bindObject(run, module, pattern, value, scope, binding);
    case 'ArrayPattern':
      return pattern.elements.forEach((element, index) => {
        const rest = element?.type === 'RestElement';
        const at = rest
          ? restOf(value, index)
          : memberOf(run, value, String(index), { module, node: element ?? pattern });
        if (element) bind(run, module, element, at, scope, binding);
      });
    case 'MemberExpression': {
      const object = evaluate(run, module, pattern.object, scope);
      const name =
        keyNameOf({ key: pattern.property, computed: pattern.computed }) ??
        textOfValue(evaluate(run, module, pattern.property, scope));
      return setMember(run, object, name, value, { module, node: pattern });
    }
    case 'TSAsExpression':
    case 'TSNonNullExpression':
    case 'TSSatisfiesExpression':
      return bind(run, module, pattern.expression, value, scope, binding);
    default:
      return undefined;
  }
}

function bindObject(
  run: Run,
  module: Module,
  pattern: Extract<Node, { type: 'ObjectPattern' }>,
  value: Value,
  scope: Scope,
  binding: Binding,
): void {
  const taken = new Set<string>();
  for (const property of pattern.properties) {
    if (property.type === 'RestElement') {
      const rest =
        value.kind === 'record'
          ? record(
              [...value.entries].filter(([name]) => !taken.has(name)),
              value.open,
            )
          : value;
      bind(run, module, property.argument, rest, scope, binding);
      continue;
    }
    const name =
      keyNameOf({ key: property.key, computed: property.computed }) ??
      textOfValue(evaluate(run, module, property.key, scope));
    if (name !== undefined) taken.add(name);
    const member =
      name === undefined
        ? unknown('a property whose name is worked out')
        : memberOf(run, value, name, { module, node: property });
    bind(run, module, property.value, member, scope, binding);
  }
}

function placeFor(scope: Scope, name: string, binding: Binding): Scope {
  if (binding === 'assign') return holderOf(scope, name) ?? scope;
  if (binding !== 'var') return scope;
  let frame = scope;
  while (!frame.frame && frame.outer) frame = frame.outer;
  return frame;
}

function withDefault(run: Run, module: Module, fallback: Node, value: Value, scope: Scope): Value {
  if (value.kind === 'constant' && value.value === undefined) return evaluate(run, module, fallback, scope);
  if (value.kind === 'nothing') return value.absent ? evaluate(run, module, fallback, scope) : value;
  if (value.kind === 'unknown' && !run.strict) return either([evaluate(run, module, fallback, scope), value]);
  return value;
}

function restOf(value: Value, from: number): Value {
  return value.kind === 'list' ? list(value.items.slice(from), value.open) : value;
}

/** The values of parameters, by their place. */
export function bindParameters(
  run: Run,
  module: Module,
  parameters: readonly Node[],
  given: readonly Value[],
  scope: Scope,
): void {
  parameters.forEach((parameter, index) => {
    const value = parameter.type === 'RestElement' ? list(given.slice(index)) : (given[index] ?? undefinedValue);
    bind(run, module, parameter, value, scope, 'let');
  });
  run.journal.set(scope.variables, 'arguments', list(given));
}
