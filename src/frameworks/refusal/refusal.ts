import type { Node, Statement } from '@babel/types';
import { definitionOf, functionOf } from '../../code/bindings.ts';
import { isCall, isFunction, unwrapped, type Call, type FunctionNode } from '../../code/calls.ts';
import { textOf, type Module } from '../../code/module.ts';
import { nodesOf } from '../../code/walk.ts';
import type { Repository } from '../../repository/repository.ts';
import { isRefusingCall, readsCredential } from './credentials.ts';
import { answers, asksForAbsence, callsIn, dependsOn, isAboutMethod, mentions } from './expressions.ts';
import { alwaysLeaves, exitOf, statementsOf, turnsAway } from './exits.ts';
import { refusalAt, type Looked, type Reading, type Refusal } from './reading.ts';

const nothing: Looked = { reads: false, refusal: undefined };
const memory = new WeakMap<Node, Looked>();

/** What a function does about credentials before its work, helpers of the repository followed. */
export function lookInto(repository: Repository, module: Module, node: FunctionNode, steps = 8): Looked {
  const known = memory.get(node);
  if (known) return known;
  if (steps <= 0) return nothing;
  memory.set(node, nothing);
  const reading: Reading = { repository, module, steps, held: new Set(), answers: new Set(), reads: false };
  const { body } = node;
  const refusal = body.type === 'BlockStatement' ? among(reading, body.body) : ofAnswer(reading, body);
  const looked = { reads: reading.reads, refusal };
  memory.set(node, looked);
  return looked;
}

/** Where strangers are sent away on the way through some statements of a function; undefined where they are not. */
export function refusalAmong(
  repository: Repository,
  module: Module,
  statements: readonly Statement[],
): Refusal | undefined {
  return among({ repository, module, steps: 8, held: new Set(), answers: new Set(), reads: false }, statements);
}

function among(reading: Reading, statements: readonly Statement[]): Refusal | undefined {
  for (const [index, statement] of statements.entries()) {
    if (answers(statement)) return undefined;
    const found = ofStatement(reading, statement, statements.slice(index + 1));
    if (found) return found;
  }
  return reading.reads ? atTheEnd(reading, statements.at(-1)) : undefined;
}

/** `if (right) return work(); return refused();` */
function atTheEnd(reading: Reading, last: Statement | undefined): Refusal | undefined {
  const exit =
    last?.type === 'ReturnStatement' || last?.type === 'ThrowStatement' ? exitOf(reading.module, [last]) : undefined;
  return last && exit?.said && /\b40[13]\b|unauthori[sz]ed/i.test(textOf(reading.module, last))
    ? refusalAt(reading, last, exit)
    : undefined;
}

function ofStatement(reading: Reading, statement: Statement, rest: readonly Statement[]): Refusal | undefined {
  switch (statement.type) {
    case 'VariableDeclaration':
      for (const { id, init } of statement.declarations) {
        const found = init
          ? ofValue(
              reading,
              init,
              nodesOf(id, 'Identifier').map(({ name }) => name),
            )
          : undefined;
        if (found) return found;
      }
      return undefined;
    case 'ExpressionStatement': {
      const { expression } = statement;
      if (expression.type !== 'AssignmentExpression') return ofValue(reading, expression, []);
      const target = expression.left.type === 'Identifier' ? [expression.left.name] : [];
      return ofValue(reading, expression.right, target);
    }
    case 'IfStatement':
      return ofIf(reading, statement, rest);
    case 'ReturnStatement':
      return statement.argument ? ofAnswer(reading, statement.argument) : undefined;
    case 'BlockStatement':
      return among(reading, statement.body);
    case 'TryStatement':
      return ofTry(reading, statement);
    default:
      return undefined;
  }
}

/** A value that is worked out: a call in it may refuse by itself, and what it tells goes into `names`. */
function ofValue(reading: Reading, node: Node, names: readonly string[]): Refusal | undefined {
  const { repository, module } = reading;
  for (const call of callsIn(node)) {
    const looked = ofCall(reading, call);
    if (looked.refusal?.form === 'throws') return looked.refusal;
    if (isRefusingCall(repository, module, call)) return refusalAt(reading, call, { form: 'throws', said: true });
    if (looked.refusal?.said) for (const name of names) reading.answers.add(name);
    if (looked.reads) for (const name of names) reading.held.add(name);
    reading.reads ||= looked.reads;
  }
  if (tellsOfCaller(reading, node)) for (const name of names) reading.held.add(name);
  return undefined;
}

/** What a function of the repository that is called does; `cache(async () => ...)` does what is inside. */
function ofCall({ repository, module, steps }: Reading, call: Call): Looked {
  const definition = definitionOf(repository, module, call.callee);
  if (definition?.kind === 'code' && isCall(definition.node)) {
    const inner = definition.node.arguments.find((argument) => isFunction(argument));
    return inner ? lookInto(repository, definition.module, inner, steps - 1) : nothing;
  }
  const code = functionOf(repository, module, call.callee);
  return code ? lookInto(repository, code.module, code.node, steps - 1) : nothing;
}

function tellsOfCaller(reading: Reading, node: Node): boolean {
  if (readsCredential(reading.repository, reading.module, node)) return (reading.reads = true);
  return dependsOn(node, reading.held) || callsIn(node).some((call) => ofCall(reading, call).reads);
}

function ofIf(
  reading: Reading,
  statement: Extract<Node, { type: 'IfStatement' }>,
  rest: readonly Statement[],
): Refusal | undefined {
  const { test, consequent, alternate } = statement;
  const { module } = reading;
  const [yes, no] = [statementsOf(consequent), statementsOf(alternate)];
  const thrown = ofValue(reading, test, []);
  if (thrown) return thrown;
  const [left, other] = [exitOf(module, yes, { last: no.length > 0 }), exitOf(module, no, { last: true })];
  if (mentions(test, reading.answers) && alwaysLeaves(yes))
    return refusalAt(reading, test, { form: left?.form ?? 'returns', said: true });
  if (tellsOfCaller(reading, test)) {
    if (left && asksForAbsence(module, test)) return refusalAt(reading, test, left);
    if (other?.said) return refusalAt(reading, test, other);
    const after =
      no.length === 0 && alwaysLeaves(yes) && rest.length <= 2 ? exitOf(module, rest, { last: true }) : undefined;
    if (after?.said) return refusalAt(reading, test, after);
  }
  if (!isAboutMethod(module, test) || /OPTIONS|HEAD/.test(textOf(module, test))) return undefined;
  return ofBranches(reading, [yes, no.length > 0 ? no : rest]);
}

/** Branches for methods: it refuses when all that do something refuse. */
function ofBranches(reading: Reading, branches: readonly (readonly Statement[])[]): Refusal | undefined {
  const working = branches.filter((branch) => !turnsAway(reading.module, branch));
  const found = working.map((branch) => among(reading, branch));
  return found.length > 0 && found.every(Boolean) ? found[0] : undefined;
}

/** Another service is asked about the credential, and what it throws is answered with 401. */
function askedElsewhere(reading: Reading, block: Node, caught: Node): Refusal | undefined {
  if (!/\b40[13]\b|unauthori[sz]ed/i.test(textOf(reading.module, caught))) return undefined;
  const call = callsIn(block).find(({ arguments: given }) =>
    given.some((argument) => dependsOn(argument, reading.held)),
  );
  return call && refusalAt(reading, call, { form: 'throws', said: true });
}

/** What throws in a `try` is answered by its `catch`: with an error, unless that says 200 or gives back nothing. */
function ofTry(reading: Reading, { block, handler }: Extract<Node, { type: 'TryStatement' }>): Refusal | undefined {
  const found = among(reading, block.body) ?? (handler ? askedElsewhere(reading, block, handler.body) : undefined);
  if (!handler || found?.form !== 'throws') return found;
  const caught = handler.body.body;
  const text = textOf(reading.module, handler.body);
  if (/\bstatus\w*\b\W{1,3}2\d\d\b|\bnext\(\s*\)|\.next\(/.test(text)) return undefined;
  const exit = exitOf(reading.module, caught, { last: true });
  const replies = /Response\b|\.(?:json|status|send|end|code)\(|\bthrow\b|\bnext\(/.test(text);
  return replies || exit
    ? { ...found, form: exit?.form ?? 'returns', said: replies || exit?.said === true }
    : undefined;
}

/** What is returned: `return session ? work() : refused()`, or the answer of another function that refuses. */
function ofAnswer(reading: Reading, node: Node): Refusal | undefined {
  const plain = unwrapped(node);
  const thrown = ofValue(reading, plain, []);
  if (thrown) return thrown;
  if (plain.type === 'ConditionalExpression' && tellsOfCaller(reading, plain.test)) {
    const text = textOf(reading.module, plain);
    return refusalAt(reading, plain.test, { form: 'returns', said: /\b40[13]\b|redirect|unauthori[sz]ed/i.test(text) });
  }
  if (isCall(plain)) return ofCall(reading, plain).refusal;
  return undefined;
}
