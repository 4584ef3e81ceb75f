import type { Node } from '@babel/types';
import { memberNameOf, objectOf, type Call } from '../calls.ts';
import type { Module } from '../module.ts';
import { argumentsOf } from './call-expressions.ts';
import { evaluate } from './evaluate.ts';
import { choose } from './fork.ts';
import { callMethod, invoke } from './invoke.ts';
import { Thrown, type Run } from './run.ts';
import type { Scope } from './scope.ts';
import { undefinedValue, unknown, type Site, type Value } from './values.ts';

/** True for `x.then`, `x.catch` and `x.finally`. */
export function isPromiseStep(callee: Node): boolean {
  return /^(?:then|catch|finally)$/.test(memberNameOf(callee) ?? '');
}

/** A promise counts as its value, and one that is refused as something thrown. */
export function evaluatePromise(run: Run, module: Module, call: Call, callee: Node, scope: Scope): Value {
  const object = objectOf(callee);
  const name = memberNameOf(callee) ?? '';
  const site: Site = { module, node: call };
  let value: Value;
  try {
    value = object ? evaluate(run, module, object, scope) : undefinedValue;
  } catch (error) {
    if (!(error instanceof Thrown)) throw error;
    return afterFailure(run, module, call, name, error, scope);
  }
  const given = argumentsOf(run, module, call.arguments, scope);
  const [first] = given;
  if (value.kind === 'native') return callMethod(run, value, name, given, site);
  if (name === 'then') return first ? invoke(run, first, [value], site) : value;
  if (name === 'finally') return first ? (invoke(run, first, [], site), value) : value;
  if (first && (!run.strict || run.risky))
    return choose(run, [(): Value => value, (): Value => invoke(run, first, [unknown('an error')], site)]);
  return value;
}

function afterFailure(run: Run, module: Module, call: Call, name: string, error: Thrown, scope: Scope): Value {
  const site: Site = { module, node: call };
  const given = argumentsOf(run, module, call.arguments, scope);
  const handler = name === 'catch' ? given[0] : name === 'then' ? given[1] : undefined;
  if (name === 'finally' && given[0]) invoke(run, given[0], [], site);
  if (!handler) throw error;
  return invoke(run, handler, [error.value], site);
}
