import type { Node, Statement } from '@babel/types';
import { memberNameOf, unwrapped, type FunctionNode } from '../../code/calls.ts';
import { placeOf, textOf, type Module } from '../../code/module.ts';
import type { Place } from '../../repository/place.ts';
import { alwaysLeaves, statementsOf } from '../refusal/exits.ts';
import type { Method } from '../server.ts';

/** One method that a handler of pages/api answers, and the branch that does it. */
export interface Answered {
  readonly method: Method;
  readonly where: Place;
}

const methods: ReadonlySet<string> = new Set<Method>(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']);

/** The methods that a handler tells apart by `req.method`; none when it does not look. */
export function methodsOf(module: Module, handler: FunctionNode): Answered[] {
  const { body } = handler;
  if (body.type !== 'BlockStatement') return [];
  const found = amongStatements(module, body.body);
  const leftTo = body.body.findIndex((statement) => statement.type === 'IfStatement' && isOnlyFor(statement));
  const common = leftTo < 0 ? body.body : body.body.slice(0, leftTo);
  return common.some((statement) => answersAnyMethod(module, statement)) ? [] : found;
}

/** A statement beside the branches that answers, and not with "405 Method Not Allowed". */
function answersAnyMethod(module: Module, statement: Statement): boolean {
  if (statement.type !== 'ExpressionStatement' && statement.type !== 'ReturnStatement') return false;
  const text = textOf(module, statement);
  return /\bres\b.*\.(?:json|send|end|render)\(/s.test(text) && !/\b40\d\b|not allowed/i.test(text);
}

function amongStatements(module: Module, statements: readonly Statement[]): Answered[] {
  return statements.flatMap((statement): Answered[] => {
    if (statement.type === 'TryStatement') return amongStatements(module, statement.block.body);
    if (statement.type === 'SwitchStatement' && isMethod(statement.discriminant))
      return statement.cases.flatMap((branch) => {
        const method = branch.test ? methodIn(branch.test) : undefined;
        return method ? [{ method, where: placeOf(module, branch) }] : [];
      });
    return statement.type === 'IfStatement' ? ofIf(module, statement) : [];
  });
}

type If = Extract<Node, { type: 'IfStatement' }>;

function ofIf(module: Module, statement: If): Answered[] {
  const { equal, method } = comparison(statement.test);
  const otherwise = statement.alternate ? amongStatements(module, [statement.alternate]) : [];
  if (!method || !(equal || isOnlyFor(statement))) return otherwise;
  return [{ method, where: placeOf(module, statement) }, ...otherwise];
}

/** `if (req.method !== 'POST') return refused`: what follows answers that method alone. */
function isOnlyFor({ test, consequent }: If): boolean {
  const { equal, method } = comparison(test);
  return method !== undefined && !equal && alwaysLeaves(statementsOf(consequent));
}

function comparison(test: Node): { equal: boolean; method: Method | undefined } {
  const none = { equal: false, method: undefined };
  if (test.type !== 'BinaryExpression') return none;
  const method = isMethod(test.left) ? methodIn(test.right) : isMethod(test.right) ? methodIn(test.left) : undefined;
  return /^[!=]==?$/.test(test.operator) ? { equal: test.operator.startsWith('='), method } : none;
}

function isMethod(node: Node): boolean {
  const plain = unwrapped(node);
  return memberNameOf(plain) === 'method' || (plain.type === 'Identifier' && plain.name === 'method');
}

function methodIn(node: Node): Method | undefined {
  return node.type === 'StringLiteral' && methods.has(node.value) ? (node.value as Method) : undefined;
}
