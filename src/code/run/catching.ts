import type { Node } from '@babel/types';
import type { Module } from '../module.ts';
import { fork } from './fork.ts';
import { bind } from './patterns.ts';
import { union, type Flow, type Run } from './run.ts';
import { inside, type Scope } from './scope.ts';
import { runStatement, runStatements } from './statements.ts';
import { either, type Value } from './values.ts';

export function runTry(
  run: Run,
  module: Module,
  statement: Extract<Node, { type: 'TryStatement' }>,
  scope: Scope,
): Flow {
  const { thrown: outerThrown, risky: outerRisky, marks: start } = run;
  run.thrown = [];
  run.risky = false;
  const flow = runStatement(run, module, statement.block, scope);
  const throws = [...flow.ends.filter(({ type }) => type === 'throw'), ...run.thrown];
  const { risky } = run;
  run.thrown = outerThrown;
  run.risky = outerRisky;
  const rest: Flow = { next: flow.next, ends: flow.ends.filter(({ type }) => type !== 'throw') };
  const { handler, finalizer } = statement;
  const after = run.marks;
  const caught = (): Flow => {
    run.marks = throws.length > 0 ? union(throws.map(({ marks }) => marks)) : start;
    const around = inside(scope);
    const error = throws.length > 0 ? either(throws.map(({ value }) => value)) : failure;
    if (handler?.param) bind(run, module, handler.param, error, around, 'const');
    return handler ? runStatements(run, module, handler.body.body, around) : { next: false, ends: throws };
  };
  const joined = throws.length > 0 || (handler && (risky || !run.strict)) ? withCatch(run, rest, after, caught) : rest;
  if (!finalizer) return joined;
  const last = runStatement(run, module, finalizer, scope);
  return { next: joined.next && last.next, ends: [...joined.ends, ...last.ends] };
}

const failure: Value = { kind: 'unknown', why: 'an error' };

function withCatch(run: Run, rest: Flow, after: ReadonlySet<string>, caught: () => Flow): Flow {
  if (!rest.next && rest.ends.length === 0) return caught();
  const flow = fork(run, [
    (): Flow => {
      run.marks = after;
      return rest;
    },
    caught,
  ]);
  return flow;
}
