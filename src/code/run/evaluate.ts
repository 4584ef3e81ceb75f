import type { Node } from '@babel/types';
import { isCall, isFunction, unwrapped, type FunctionNode } from '../calls.ts';
import { specifierOf } from '../imports.ts';
import type { Module } from '../module.ts';
import { evaluateCall, evaluateNew } from './call-expressions.ts';
import { makeClass } from './classes.ts';
import { conditional, logical, unary } from './conditions.ts';
import { arrayOf, objectOf, template } from './made.ts';
import { top } from './modules.ts';
import { binary } from './operators.ts';
import { assignment, ofMember } from './references.ts';
import type { Run } from './run.ts';
import { lookUp, selfOf, type Scope } from './scope.ts';
import {
  constant,
  external,
  record,
  textOfValue,
  undefinedValue,
  unknown,
  type FunctionValue,
  type Value,
} from './values.ts';

/** The value of an expression, as far as it can be known. Throws `Thrown` where the program would. */
export function evaluate(run: Run, module: Module, node: Node, scope: Scope): Value {
  run.burn();
  const plain = unwrapped(node);
  run.at = { module, node: plain };
  const valueOf = (inner: Node): Value => evaluate(run, module, inner, scope);
  switch (plain.type) {
    case 'StringLiteral':
    case 'NumericLiteral':
    case 'BooleanLiteral':
      return constant(plain.value);
    case 'NullLiteral':
      return constant(null);
    case 'RegExpLiteral':
      return { kind: 'pattern', text: `/${plain.pattern}/${plain.flags}` };
    case 'TemplateLiteral':
      return template(run, module, plain, scope);
    case 'Identifier':
      return ofName(run, plain.name, scope);
    case 'ThisExpression':
      return selfOf(scope) ?? unknown('`this`');
    case 'ArrayExpression':
      return arrayOf(run, module, plain, scope);
    case 'ObjectExpression':
      return objectOf(run, module, plain, scope);
    case 'ClassExpression':
      return makeClass(run, module, plain, scope);
    case 'MemberExpression':
    case 'OptionalMemberExpression':
      return ofMember(run, module, plain, scope);
    case 'NewExpression':
      return evaluateNew(run, module, plain, scope);
    case 'ConditionalExpression':
      return conditional(run, module, plain, scope);
    case 'LogicalExpression':
      return logical(run, module, plain, scope);
    case 'BinaryExpression':
      return plain.left.type === 'PrivateName'
        ? unknown('a test of a private name')
        : binary(run, plain.operator, valueOf(plain.left), valueOf(plain.right));
    case 'UnaryExpression':
      return unary(plain.operator, valueOf(plain.argument));
    case 'AssignmentExpression':
      return assignment(run, module, plain, scope);
    case 'UpdateExpression':
      return unknown('a number that is counted');
    case 'YieldExpression':
      return plain.argument ? valueOf(plain.argument) : undefinedValue;
    case 'TaggedTemplateExpression':
      return evaluateCall(run, module, plain, scope);
    case 'MetaProperty':
      return metaOf(module);
    case 'ImportExpression':
      return imported(run, module, plain, scope);
    default:
      if (isFunction(plain)) return functionValue(module, plain, scope);
      if (isCall(plain)) return evaluateCall(run, module, plain, scope);
      return unknown(`an expression that is not followed (${plain.type})`);
  }
}

/** `import.meta`. */
function metaOf({ path }: Module): Value {
  const file = `${top}/${path}`;
  return record(
    [
      ['url', constant(`file://${file}`)],
      ['filename', constant(file)],
      ['dirname', constant(file.slice(0, file.lastIndexOf('/')))],
    ],
    true,
  );
}

/** A function as a value, with the variables around it. */
export function functionValue(module: Module, node: FunctionNode, scope: Scope): FunctionValue {
  return { kind: 'function', module, node, scope, entries: new Map() };
}

function ofName(run: Run, name: string, scope: Scope): Value {
  const found = lookUp(scope, name);
  if (found) return found;
  if (name === 'undefined') return undefinedValue;
  return name === 'NaN' ? constant(Number.NaN) : external('globalThis', name);
}

function imported(run: Run, module: Module, node: Extract<Node, { type: 'ImportExpression' }>, scope: Scope): Value {
  const specifier = specifierOf(node) ?? textOfValue(evaluate(run, module, node.source, scope));
  return specifier === undefined
    ? unknown('a module whose name is worked out')
    : run.modules.imported(run, module, specifier, '*');
}
