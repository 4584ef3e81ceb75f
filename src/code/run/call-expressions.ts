import type { Node } from '@babel/types';
import { memberNameOf, objectOf, unwrapped, type Call } from '../calls.ts';
import type { Module } from '../module.ts';
import { constructParent, instantiate } from './classes.ts';
import { evaluate } from './evaluate.ts';
import { isOptional } from './references.ts';
import { choose } from './fork.ts';
import { callExternal, callMethod, invoke } from './invoke.ts';
import { memberOf } from './members.ts';
import { evaluatePromise, isPromiseStep } from './promises.ts';
import { Thrown, type Run } from './run.ts';
import { homeOf, lookUp, selfOf, type Scope } from './scope.ts';
import { optionsOf, record, textOfValue, undefinedValue, unknown, type Site, type Value } from './values.ts';

/** The value of `f(...)`, `o.m(...)`, `super(...)`, `require(...)` and tagged templates. */
export function evaluateCall(
  run: Run,
  module: Module,
  call: Call | Extract<Node, { type: 'TaggedTemplateExpression' }>,
  scope: Scope,
): Value {
  const site: Site = { module, node: call };
  if (call.type === 'TaggedTemplateExpression') {
    const parts = call.quasi.expressions.map((part) => evaluate(run, module, part, scope));
    return invoke(run, evaluate(run, module, call.tag, scope), [unknown('a template'), ...parts], site);
  }
  if (call.callee.type === 'Super') {
    constructParent(run, homeOf(scope), selfOf(scope), argumentsOf(run, module, call.arguments, scope), site);
    return undefinedValue;
  }
  const callee = unwrapped(call.callee);
  if (callee.type === 'Identifier' && callee.name === 'require' && !lookUp(scope, 'require'))
    return required(run, module, call, scope);
  if (isPromiseStep(callee)) return evaluatePromise(run, module, call, callee, scope);
  return memberCall(run, module, call, callee, scope) ?? plainCall(run, module, call, callee, scope);
}

function plainCall(run: Run, module: Module, call: Call, callee: Node, scope: Scope): Value {
  const value = evaluate(run, module, callee, scope);
  const given = argumentsOf(run, module, call.arguments, scope);
  if (isExit(value)) throw new Thrown(unknown('the end of the process'));
  return invoke(run, value, given, { module, node: call });
}

/** `o.m(...)`, with `o` as `this`. */
function memberCall(run: Run, module: Module, call: Call, callee: Node, scope: Scope): Value | undefined {
  const object = objectOf(callee);
  if (!object || object.type === 'Super') return undefined;
  const owner = evaluate(run, module, object, scope);
  if (owner.kind === 'nothing' && (isOptional(callee) || isOptional(call))) return owner;
  const names = namesOf(run, module, callee, scope);
  const given = argumentsOf(run, module, call.arguments, scope);
  const site = { module, node: call };
  const ways = optionsOf(owner).flatMap((option) =>
    names.map((name) => (): Value => callOn(run, option, name, given, site)),
  );
  const [only] = ways;
  return ways.length === 1 && only ? only() : choose(run, ways);
}

function callOn(run: Run, owner: Value, name: string | undefined, given: readonly Value[], site: Site): Value {
  if (name === undefined) return callMethod(run, owner, '?', given, site);
  if (owner.kind === 'native') return callMethod(run, owner, name, given, site);
  const member = memberOf(run, owner, name, site);
  if (isExit(member)) throw new Thrown(unknown('the end of the process'));
  const isPlain = member.kind === 'constant' || member.kind === 'unknown' || member.kind === 'nothing';
  if (isPlain) return callMethod(run, owner, name, given, site);
  return invoke(run, member, given, site, owner.kind === 'external' ? undefined : owner);
}

function namesOf(run: Run, module: Module, callee: Node, scope: Scope): readonly (string | undefined)[] {
  const name = memberNameOf(callee);
  if (name !== undefined) return [name];
  if (callee.type !== 'MemberExpression' && callee.type !== 'OptionalMemberExpression') return [undefined];
  return optionsOf(evaluate(run, module, callee.property, scope)).map((value) =>
    value.kind === 'constant' ? String(value.value) : undefined,
  );
}

function isExit(value: Value): boolean {
  if (value.kind !== 'external' || value.origin !== 'globalThis') return false;
  const [first, second] = value.steps;
  return (
    first !== undefined &&
    second !== undefined &&
    'get' in first &&
    first.get === 'process' &&
    'get' in second &&
    second.get === 'exit'
  );
}

/** The values of arguments; what is spread stands as its items, as far as they are known. */
export function argumentsOf(run: Run, module: Module, given: readonly Node[], scope: Scope): Value[] {
  return given.flatMap((argument) => {
    if (argument.type !== 'SpreadElement') return [evaluate(run, module, argument, scope)];
    const spread = evaluate(run, module, argument.argument, scope);
    return spread.kind === 'list' ? [...spread.items, ...(spread.open ? [unknown('more of a list')] : [])] : [spread];
  });
}

/** The value of `new C(...)`. */
export function evaluateNew(
  run: Run,
  module: Module,
  node: Extract<Node, { type: 'NewExpression' }>,
  scope: Scope,
): Value {
  const made = evaluate(run, module, node.callee, scope);
  const given = argumentsOf(run, module, node.arguments, scope);
  const site = { module, node };
  if (made.kind === 'class') return instantiate(run, made, given, site);
  if (made.kind === 'external') return callExternal(run, made, given, true, site);
  if (made.kind !== 'function') return invoke(run, made, given, site);
  const self = record([], true);
  const returned = invoke(run, { ...made, self }, given, site);
  return returned.kind === 'constant' ? self : returned;
}

function required(run: Run, module: Module, call: Call, scope: Scope): Value {
  const [argument] = call.arguments;
  const specifier = argument && textOfValue(evaluate(run, module, argument, scope));
  if (specifier === undefined) return unknown('a module whose name is worked out');
  return run.modules.imported(run, module, specifier, '*');
}
