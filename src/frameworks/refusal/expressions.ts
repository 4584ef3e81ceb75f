import type { Node, Statement } from '@babel/types';
import { dottedNamesOf, isCall, isFunction, memberNameOf, objectOf, type Call } from '../../code/calls.ts';
import { textOf, type Module } from '../../code/module.ts';
import { nodesOf, walk } from '../../code/walk.ts';

/** A statement that answers the request: what is checked after it comes too late. */
export function answers(statement: Statement): boolean {
  if (statement.type !== 'ExpressionStatement' || !isCall(statement.expression)) return false;
  const { callee } = statement.expression;
  if (!/^(?:json|send|end|render|redirect)$/.test(memberNameOf(callee) ?? '')) return false;
  let base = objectOf(callee);
  while (base && isCall(base)) base = objectOf(base.callee);
  return base?.type === 'Identifier' && /^(?:res|response|reply)$/.test(base.name);
}

/** The calls of an expression, those of functions inside it left out. */
export function callsIn(node: Node): Call[] {
  const calls: Call[] = [];
  walk(node, (inner) => {
    if (isFunction(inner)) return 'skip';
    if (isCall(inner)) calls.push(inner);
    return undefined;
  });
  return calls;
}

/** Reading methods: what they give is still what the credential told. `supabase.from(...)` is not, though it was made with cookies. */
const readers =
  /^(?:get|getAll|has|startsWith|split|slice|substring|replace|trim|includes|toString|match|at|find|verify|unseal|json)$/;

/** Whether a value depends on names that hold what a credential told. */
export function dependsOn(node: Node, names: ReadonlySet<string>): boolean {
  if (names.size === 0) return false;
  let depends = false;
  walk(node, (inner) => {
    if (isFunction(inner)) return 'skip';
    const object = isCall(inner) ? objectOf(inner.callee) : undefined;
    const base = object && dottedNamesOf(object)?.[0];
    if (isCall(inner) && base !== undefined && names.has(base) && !readers.test(memberNameOf(inner.callee) ?? '')) {
      depends ||= inner.arguments.some((argument) => dependsOn(argument, names));
      return 'skip';
    }
    if (inner.type === 'Identifier' && names.has(inner.name)) depends = true;
    return undefined;
  });
  return depends;
}

/** Whether one of these names stands in it. */
export function mentions(node: Node, names: ReadonlySet<string>): boolean {
  return names.size > 0 && nodesOf(node, 'Identifier').some(({ name }) => names.has(name));
}

/** True for a test that holds when nobody is there, or the wrong one: `!user`, `token !== expected`, `user == null`. */
export function asksForAbsence(module: Module, test: Node): boolean {
  return /![^=]|!==?|===?\s*(?:null|undefined|''|""|false)|\b(?:error|expired|invalid|denied)\b/i.test(
    textOf(module, test),
  );
}

/** True for a test of the HTTP method. */
export function isAboutMethod(module: Module, test: Node): boolean {
  return /\bmethod\b/.test(textOf(module, test));
}
