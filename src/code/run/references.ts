import type { Node } from '@babel/types';
import { memberNameOf } from '../calls.ts';
import type { Module } from '../module.ts';
import { evaluate } from './evaluate.ts';
import { memberOf } from './members.ts';
import { binary } from './operators.ts';
import { bind } from './patterns.ts';
import type { Run } from './run.ts';
import { homeOf, type Scope } from './scope.ts';
import { truthOf } from './truth.ts';
import { either, optionsOf, undefinedValue, unknown, type Value } from './values.ts';

export function ofMember(
  run: Run,
  module: Module,
  node: Extract<Node, { type: 'MemberExpression' | 'OptionalMemberExpression' }>,
  scope: Scope,
): Value {
  const site = { module, node };
  if (node.object.type === 'Super') {
    const home = homeOf(scope);
    const parent = home?.kind === 'class' ? home.parent : undefined;
    return parent ? memberOf(run, parent, memberNameOf(node) ?? '', site) : unknown('`super`');
  }
  const object = evaluate(run, module, node.object, scope);
  if (object.kind === 'nothing' && isOptional(node)) return object;
  const name = memberNameOf(node);
  if (name !== undefined) return memberOf(run, object, name, site);
  const keys = optionsOf(evaluate(run, module, node.property, scope));
  return either(
    keys.map((key) =>
      key.kind === 'constant' ? memberOf(run, object, String(key.value), site) : anyMember(run, object, key),
    ),
  );
}

/** Whether the access stops where the object is not there: `a?.b`, and `.c` of `a?.b.c`. */
export function isOptional(node: Node): boolean {
  return node.type === 'OptionalMemberExpression' || node.type === 'OptionalCallExpression';
}

/** A property whose name is not known: any of them. */
function anyMember(run: Run, object: Value, key: Value): Value {
  if (key.kind === 'unknown') run.host.tested?.(run, key, 'key', object);
  const source = key.kind === 'unknown' ? key.source : undefined;
  if (object.kind === 'nothing' || key.kind === 'nothing') return { kind: 'nothing', absent: true };
  if (object.kind === 'list' && !object.open && object.items.length > 0) return either(object.items);
  if (object.kind === 'record' && !object.open && object.entries.size > 0)
    return either([...object.entries.values(), undefinedValue]);
  return unknown(
    'a property whose name is worked out',
    source ?? (object.kind === 'unknown' ? object.source : undefined),
  );
}

export function assignment(
  run: Run,
  module: Module,
  node: Extract<Node, { type: 'AssignmentExpression' }>,
  scope: Scope,
): Value {
  const { operator, left, right } = node;
  const assign = (value: Value): Value => {
    bind(run, module, left, value, scope, 'assign');
    return value;
  };
  if (operator === '=') return assign(evaluate(run, module, right, scope));
  const before = evaluate(run, module, left, scope);
  if (operator === '||=' || operator === '&&=' || operator === '??=') {
    const truth = truthOf(before);
    const skip = operator === '&&=' ? truth === false : truth === true;
    if (skip) return before;
    const value = evaluate(run, module, right, scope);
    return assign(truth === undefined ? either([before, value]) : value);
  }
  return assign(binary(run, operator.slice(0, -1), before, evaluate(run, module, right, scope)));
}
