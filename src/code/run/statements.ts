import type { Node, Statement } from '@babel/types';
import type { Module } from '../module.ts';
import { runTry } from './catching.ts';
import { makeClass } from './classes.ts';
import { evaluate, functionValue } from './evaluate.ts';
import { fork } from './fork.ts';
import { runLoop } from './loops.ts';
import { bind } from './patterns.ts';
import { onwards, Thrown, union, type End, type Flow, type Run } from './run.ts';
import { inside, type Scope } from './scope.ts';
import { equality, truthOf } from './truth.ts';
import { undefinedValue, type Value } from './values.ts';

/** Runs statements one after the other. Functions are there before the first one runs. */
export function runStatements(run: Run, module: Module, statements: readonly Statement[], scope: Scope): Flow {
  const ends: End[] = [];
  for (const statement of statements) hoist(run, module, statement, scope);
  for (const statement of statements) {
    const flow = runStatement(run, module, statement, scope);
    ends.push(...flow.ends);
    // A module that ends early is of no use to anybody: on the way up its next statement is reached all the same.
    if (!flow.next && (run.strict || scope.outer)) return { next: false, ends };
  }
  return { next: true, ends };
}

/** Runs one statement; what it throws becomes an end. */
export function runStatement(run: Run, module: Module, statement: Node, scope: Scope): Flow {
  try {
    return step(run, module, statement, scope);
  } catch (error) {
    if (!(error instanceof Thrown)) throw error;
    return { next: false, ends: [{ type: 'throw', value: error.value, marks: run.marks }] };
  }
}

function step(run: Run, module: Module, statement: Node, scope: Scope): Flow {
  run.burn();
  const valueOf = (node: Node): Value => evaluate(run, module, node, scope);
  switch (statement.type) {
    case 'ExpressionStatement':
      valueOf(statement.expression);
      return onwards;
    case 'VariableDeclaration':
      for (const { id, init } of statement.declarations)
        if (init || statement.kind !== 'var')
          bind(run, module, id, init ? valueOf(init) : undefinedValue, scope, statement.kind);
      return onwards;
    case 'ReturnStatement':
      return ended(run, 'return', statement.argument ? valueOf(statement.argument) : undefinedValue);
    case 'ThrowStatement': {
      const value = valueOf(statement.argument);
      run.host.threw?.(run, value, { module, node: statement });
      return ended(run, 'throw', value);
    }
    case 'BreakStatement':
    case 'ContinueStatement':
      return ended(run, 'jump', undefinedValue);
    case 'BlockStatement':
    case 'StaticBlock':
      return runStatements(run, module, statement.body, inside(scope));
    case 'IfStatement':
      return runIf(run, module, statement, scope);
    case 'TryStatement':
      return runTry(run, module, statement, scope);
    case 'SwitchStatement':
      return runSwitch(run, module, statement, scope);
    case 'LabeledStatement':
      return settled(run, runStatement(run, module, statement.body, scope));
    case 'ForStatement':
    case 'ForOfStatement':
    case 'ForInStatement':
    case 'WhileStatement':
    case 'DoWhileStatement':
      return settled(run, runLoop(run, module, statement, scope));
    case 'ClassDeclaration':
      if (statement.id) run.journal.set(scope.variables, statement.id.name, makeClass(run, module, statement, scope));
      return onwards;
    case 'ExportNamedDeclaration':
      return statement.declaration ? runStatement(run, module, statement.declaration, scope) : onwards;
    case 'ExportDefaultDeclaration':
      return runDefault(run, module, statement.declaration, scope);
    case 'TSExportAssignment':
      run.modules.exportDefault(module, valueOf(statement.expression));
      return onwards;
    case 'TSEnumDeclaration':
      run.journal.set(scope.variables, statement.id.name, { kind: 'unknown', why: 'an enumeration' });
      return onwards;
    default:
      return onwards;
  }
}

function hoist(run: Run, module: Module, statement: Node, scope: Scope): void {
  const inner =
    statement.type === 'ExportNamedDeclaration' || statement.type === 'ExportDefaultDeclaration'
      ? statement.declaration
      : statement;
  if (inner?.type === 'FunctionDeclaration' && inner.id)
    run.journal.set(scope.variables, inner.id.name, functionValue(module, inner, scope));
}

function runDefault(run: Run, module: Module, declaration: Node, scope: Scope): Flow {
  if (declaration.type === 'FunctionDeclaration') {
    const named = declaration.id && scope.variables.get(declaration.id.name);
    run.modules.exportDefault(module, named ?? functionValue(module, declaration, scope));
  } else if (declaration.type === 'ClassDeclaration') {
    const made = makeClass(run, module, declaration, scope);
    if (declaration.id) run.journal.set(scope.variables, declaration.id.name, made);
    run.modules.exportDefault(module, made);
  } else if (!declaration.type.startsWith('TS'))
    run.modules.exportDefault(module, evaluate(run, module, declaration, scope));
  return onwards;
}

function ended(run: Run, type: End['type'], value: Value): Flow {
  return { next: false, ends: [{ type, value, marks: run.marks }] };
}

/** `break` and `continue` end inside a loop or switch: the next statement is reached that way too. */
function settled(run: Run, { next, ends }: Flow): Flow {
  const jumps = ends.filter(({ type }) => type === 'jump');
  if (jumps.length === 0) return { next, ends };
  run.marks = union([...(next ? [run.marks] : []), ...jumps.map(({ marks }) => marks)]);
  return { next: true, ends: ends.filter(({ type }) => type !== 'jump') };
}

function runIf(run: Run, module: Module, statement: Extract<Node, { type: 'IfStatement' }>, scope: Scope): Flow {
  const condition = evaluate(run, module, statement.test, scope);
  const truth = truthOf(condition);
  const yes = (): Flow => runStatement(run, module, statement.consequent, inside(scope));
  const no = (): Flow =>
    statement.alternate ? runStatement(run, module, statement.alternate, inside(scope)) : onwards;
  // A start that fails is of no interest: what is thrown on the way up is taken for a check that holds.
  if (truth === true && !run.strict && alwaysThrows(statement.consequent)) return no();
  if (truth !== undefined) return truth ? yes() : no();
  run.host.doubted?.(run, condition, { module, node: statement.test });
  return fork(run, [yes, no]);
}

function alwaysThrows(statement: Node): boolean {
  const last = statement.type === 'BlockStatement' ? statement.body.at(-1) : statement;
  return last?.type === 'ThrowStatement';
}

function runSwitch(
  run: Run,
  module: Module,
  statement: Extract<Node, { type: 'SwitchStatement' }>,
  scope: Scope,
): Flow {
  const value = evaluate(run, module, statement.discriminant, scope);
  const around = inside(scope);
  const from = (index: number) => (): Flow =>
    runStatements(
      run,
      module,
      statement.cases.slice(index).flatMap(({ consequent }) => consequent),
      around,
    );
  const tests = statement.cases.map(({ test }) =>
    test ? equality(run, value, evaluate(run, module, test, around)) : undefined,
  );
  const sure = tests.indexOf(true);
  const possible = statement.cases.flatMap(({ test }, index) => (!test || tests[index] === undefined ? [index] : []));
  const fallback = statement.cases.findIndex(({ test }) => !test);
  if (sure !== -1 && !possible.some((index) => index < sure && statement.cases[index]?.test))
    return settled(run, from(sure)());
  if (possible.every((index) => index === fallback)) return fallback === -1 ? onwards : settled(run, from(fallback)());
  run.host.doubted?.(run, value, { module, node: statement.discriminant });
  const branches = possible.map(from);
  return settled(run, fork(run, fallback === -1 ? [...branches, () => onwards] : branches));
}
