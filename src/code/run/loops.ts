import type { Node } from '@babel/types';
import type { Module } from '../module.ts';
import { evaluate } from './evaluate.ts';
import { fork } from './fork.ts';
import { bind } from './patterns.ts';
import { onwards, union, type End, type Flow, type Run } from './run.ts';
import { inside, type Scope } from './scope.ts';
import { runStatement } from './statements.ts';
import { constant, unknown, type Value } from './values.ts';

type Loop = Extract<
  Node,
  { type: 'ForStatement' | 'ForOfStatement' | 'ForInStatement' | 'WhileStatement' | 'DoWhileStatement' }
>;

/** Longer lists are not walked item by item. */
const longest = 500;

/** Runs a loop: once for each item of a list that is known, else maybe once with something unknown. */
export function runLoop(run: Run, module: Module, loop: Loop, scope: Scope): Flow {
  if (loop.type === 'ForOfStatement' || loop.type === 'ForInStatement') return runEach(run, module, loop, scope);
  const around = inside(scope);
  const list = loop.type === 'ForStatement' ? countedList(run, module, loop, around) : undefined;
  if (list) return runCounted(run, module, loop, list, around);
  if (loop.type === 'ForStatement' && loop.init) runStatement(run, module, asStatement(loop.init), around);
  return maybe(run, () => runStatement(run, module, loop.body, around));
}

function runEach(
  run: Run,
  module: Module,
  loop: Extract<Loop, { type: 'ForOfStatement' | 'ForInStatement' }>,
  scope: Scope,
): Flow {
  const of = evaluate(run, module, loop.right, scope);
  const items = loop.type === 'ForOfStatement' ? itemsOf(of) : keysOf(of);
  const once = (item: Value) => (): Flow => {
    const around = inside(scope);
    const { left } = loop;
    if (left.type === 'VariableDeclaration')
      for (const { id } of left.declarations) bind(run, module, id, item, around, left.kind);
    else bind(run, module, left, item, around, 'assign');
    return runStatement(run, module, loop.body, around);
  };
  if (of.kind === 'nothing') return onwards;
  return items ? inTurn(run, items.map(once)) : maybe(run, once(unknown('an item of a list that is not known')));
}

function itemsOf(value: Value): readonly Value[] | undefined {
  return value.kind === 'list' && !value.open && value.items.length <= longest ? value.items : undefined;
}

function keysOf(value: Value): readonly Value[] | undefined {
  if (value.kind === 'list') return itemsOf(value)?.map((_, index) => constant(String(index)));
  if (value.kind !== 'record' || value.open || value.entries.size > longest) return undefined;
  return [...value.entries.keys()].map((name) => constant(name));
}

/** The items of `for (let i = 0; i < items.length; i++)`, when that is what it is. */
function countedList(
  run: Run,
  module: Module,
  { init, test }: Extract<Loop, { type: 'ForStatement' }>,
  scope: Scope,
): { name: string; length: number } | undefined {
  if (init?.type !== 'VariableDeclaration' || test?.type !== 'BinaryExpression' || test.operator !== '<')
    return undefined;
  const [declarator] = init.declarations;
  if (declarator?.id.type !== 'Identifier' || declarator.init?.type !== 'NumericLiteral' || declarator.init.value !== 0)
    return undefined;
  const length = evaluate(run, module, test.right, scope);
  if (length.kind !== 'constant' || typeof length.value !== 'number' || length.value > longest) return undefined;
  return { name: declarator.id.name, length: length.value };
}

function runCounted(
  run: Run,
  module: Module,
  loop: Loop,
  { name, length }: { name: string; length: number },
  scope: Scope,
): Flow {
  const turns = Array.from({ length }, (_, index) => (): Flow => {
    const around = inside(scope);
    around.variables.set(name, constant(index));
    return runStatement(run, module, loop.body, around);
  });
  return inTurn(run, turns);
}

/** One turn after the other. A `break` may end the loop, so what follows is only maybe reached; that much is not told apart. */
function inTurn(run: Run, turns: readonly (() => Flow)[]): Flow {
  const ends: End[] = [];
  for (const turn of turns) {
    const flow = turn();
    const jumps = flow.ends.filter(({ type }) => type === 'jump');
    ends.push(...flow.ends.filter(({ type }) => type !== 'jump'));
    if (!flow.next && jumps.length === 0) return { next: false, ends };
    run.marks = union([...(flow.next ? [run.marks] : []), ...jumps.map(({ marks }) => marks)]);
  }
  return { next: true, ends };
}

function maybe(run: Run, turn: () => Flow): Flow {
  return fork(run, [turn, () => onwards]);
}

function asStatement(init: Node): Node {
  return init.type === 'VariableDeclaration'
    ? init
    : ({ type: 'ExpressionStatement', expression: init, start: init.start, end: init.end } as unknown as Node);
}
