import type { Node } from '@babel/types';
import { memberNameOf, objectOf, type Call } from '../calls.ts';
import type { Module } from '../module.ts';
import { argumentsOf } from './call-expressions.ts';
import { evaluate } from './evaluate.ts';
import { choose } from './fork.ts';
import { callMethod, invoke } from './invoke.ts';
import { Thrown, type Run } from './run.ts';
import type { Scope } from './scope.ts';
import { either, native, undefinedValue, unknown, type Site, type Value } from './values.ts';

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

/** What a promise is settled with: a refusal is thrown. */
export function promised(run: Run, executor: Value, site: Site): Value {
  const settled: Value[] = [];
  const refused: Value[] = [];
  invoke(run, executor, [into(settled, 'resolve'), into(refused, 'reject')], site);
  if (settled.length === 0 && refused.length > 0) throw new Thrown(either(refused));
  if (refused.length === 0) return settled.length === 0 ? unknown('a promise') : either(settled);
  const refusal = (): Value => {
    throw new Thrown(either(refused));
  };
  return choose(run, [refusal, (): Value => either(settled)]);
}

/** A function that notes what it is called with. */
function into(values: Value[], type: string): Value {
  return native({
    type,
    entries: new Map(),
    call: (_, [value]) => {
      values.push(value ?? undefinedValue);
      return undefinedValue;
    },
  });
}
