import type { Node } from '@babel/types';
import { isCall, isFunction, memberNameOf, unwrapped, type FunctionNode } from '../calls.ts';
import { specifierOf } from '../imports.ts';
import type { Module } from '../module.ts';
import { evaluateCall, evaluateNew } from './call-expressions.ts';
import { makeClass } from './classes.ts';
import { choose } from './fork.ts';
import { memberOf } from './members.ts';
import { top } from './modules.ts';
import { binary } from './operators.ts';
import { bind } from './patterns.ts';
import type { Run } from './run.ts';
import { homeOf, lookUp, selfOf, type Scope } from './scope.ts';
import { truthOf } from './truth.ts';
import {
  constant,
  either,
  external,
  list,
  optionsOf,
  record,
  textOfValue,
  undefinedValue,
  unknown,
  type FunctionValue,
  type List,
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

function template(run: Run, module: Module, node: Extract<Node, { type: 'TemplateLiteral' }>, scope: Scope): Value {
  let whole: Value = constant('');
  node.quasis.forEach(({ value }, index) => {
    whole = binary(run, '+', whole, constant(value.cooked ?? value.raw));
    const inside = node.expressions[index];
    if (inside) whole = binary(run, '+', whole, evaluate(run, module, inside, scope));
  });
  return whole;
}

function arrayOf(run: Run, module: Module, node: Extract<Node, { type: 'ArrayExpression' }>, scope: Scope): Value {
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

function objectOf(run: Run, module: Module, node: Extract<Node, { type: 'ObjectExpression' }>, scope: Scope): Value {
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

function ofMember(
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

function conditional(
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

function logical(run: Run, module: Module, node: Extract<Node, { type: 'LogicalExpression' }>, scope: Scope): Value {
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

function unary(operator: string, value: Value): Value {
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

function assignment(
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

function imported(run: Run, module: Module, node: Extract<Node, { type: 'ImportExpression' }>, scope: Scope): Value {
  const specifier = specifierOf(node) ?? textOfValue(evaluate(run, module, node.source, scope));
  return specifier === undefined
    ? unknown('a module whose name is worked out')
    : run.modules.imported(run, module, specifier, '*');
}
