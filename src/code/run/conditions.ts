import type { Node } from '@babel/types';
import type { Module } from '../module.ts';
import { evaluate } from './evaluate.ts';
import { choose } from './fork.ts';
import type { Run } from './run.ts';
import type { Scope } from './scope.ts';
import { truthOf } from './truth.ts';
import { constant, either, optionsOf, undefinedValue, unknown, type Value } from './values.ts';

export function conditional(
  run: Run,
  module: Module,
  node: Extract<Node, { type: 'ConditionalExpression' }>,
  scope: Scope,
): Value {
  const test = evaluate(run, module, node.test, scope);
  const truth = truthOf(test);
  const yes = (): Value => evaluate(run, module, node.consequent, scope);
  const no = (): Value => evaluate(run, module, node.alternate, scope);
  if (truth !== undefined) return truth ? yes() : no();
  run.host.doubted?.(run, test, { module, node: node.test });
  return choose(run, [yes, no]);
}

export function logical(
  run: Run,
  module: Module,
  node: Extract<Node, { type: 'LogicalExpression' }>,
  scope: Scope,
): Value {
  const left = evaluate(run, module, node.left, scope);
  const right = (): Value => evaluate(run, module, node.right, scope);
  const isNullish =
    left.kind === 'nothing' || (left.kind === 'constant' && (left.value === undefined || left.value === null));
  if (node.operator === '??') {
    if (isNullish) return right();
    return left.kind === 'unknown' || left.kind === 'external' || left.kind === 'either'
      ? either([left, choose(run, [right])])
      : left;
  }
  const truth = truthOf(left);
  if (truth !== undefined) return truth === (node.operator === '&&') ? right() : left;
  run.host.doubted?.(run, left, { module, node: node.left });
  const isSame = node.operator === '||';
  const stays = isSame ? left : (optionsOf(left).find((option) => truthOf(option) !== true) ?? left);
  return choose(run, [(): Value => (isSame ? stays : falsy(stays)), right]);
}

/** What is left of an unknown value that turned out false. */
function falsy(value: Value): Value {
  return value.kind === 'unknown' || value.kind === 'external' ? constant(false) : value;
}

export function unary(operator: string, value: Value): Value {
  if (operator === '!') {
    const truth = truthOf(value);
    if (truth !== undefined) return constant(!truth);
    return value.kind === 'unknown' ? value : unknownFrom(value);
  }
  if (operator === 'typeof') return typeOf(value);
  if (operator === 'void') return undefinedValue;
  if (operator === '-' && value.kind === 'constant' && typeof value.value === 'number') return constant(-value.value);
  if (operator === '+' && value.kind === 'constant') return constant(Number(value.value));
  return value.kind === 'unknown' ? value : unknownFrom(value);
}

function unknownFrom(value: Value): Value {
  const source = optionsOf(value).find((option) => option.kind === 'unknown' && option.source);
  return unknown('the result of a test', source?.kind === 'unknown' ? source.source : undefined);
}

function typeOf(value: Value): Value {
  if (value.kind === 'constant') return constant(value.value === null ? 'object' : typeof value.value);
  if (value.kind === 'nothing') return constant('undefined');
  if (value.kind === 'function' || value.kind === 'class' || value.kind === 'method') return constant('function');
  if (value.kind === 'list' || value.kind === 'record' || value.kind === 'pattern') return constant('object');
  return unknown('the type of something unknown', value.kind === 'unknown' ? value.source : undefined);
}
