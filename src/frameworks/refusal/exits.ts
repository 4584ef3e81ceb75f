import type { Statement } from '@babel/types';
import { calleeNameOf, isCall, isFunction } from '../../code/calls.ts';
import { textOf, type Module } from '../../code/module.ts';
import { walk } from '../../code/walk.ts';

/** The statements of a branch: those of a block, or the one. */
export function statementsOf(node: Statement | null | undefined): readonly Statement[] {
  if (!node) return [];
  return node.type === 'BlockStatement' ? node.body : [node];
}

/** Functions that end the work by throwing: `redirect('/login')` of Next.js. */
const ending = /^(?:redirect|permanentRedirect|notFound|unauthorized|forbidden|error|process\.exit)$/;

/** True when what comes after these statements does not run. */
export function alwaysLeaves(statements: readonly Statement[]): boolean {
  return statements.some((statement) => {
    if (
      statement.type === 'ReturnStatement' ||
      statement.type === 'ThrowStatement' ||
      statement.type === 'ContinueStatement' ||
      statement.type === 'BreakStatement'
    )
      return true;
    if (statement.type === 'BlockStatement') return alwaysLeaves(statement.body);
    if (statement.type === 'IfStatement')
      return alwaysLeaves(statementsOf(statement.consequent)) && alwaysLeaves(statementsOf(statement.alternate));
    if (statement.type !== 'ExpressionStatement') return false;
    const call = statement.expression.type === 'AwaitExpression' ? statement.expression.argument : statement.expression;
    return isCall(call) && ending.test(calleeNameOf(call) ?? '');
  });
}

/** Statuses with which a stranger is sent away. */
const refusals = new Set(['401', '403', '404', '302', '303', '307', '308']);

/** How a branch sends a caller away. */
export interface Exit {
  /** `throws` ends the work of whoever called; `returns` leaves it to them to look at the answer. */
  readonly form: 'throws' | 'returns';
  /** True when the caller is told to sign in or go: a status, an error, a redirect. False for a silent `return null`. */
  readonly said: boolean;
}

/** How these statements send the caller away; undefined when the work goes on, or when a status says that something else is wrong. */
export function exitOf(module: Module, statements: readonly Statement[], { last = false } = {}): Exit | undefined {
  const leaves = alwaysLeaves(statements) || endsConnection(statements) || last;
  if (!leaves || statements.length === 0) return undefined;
  const text = statements.map((statement) => textOf(module, statement)).join('\n');
  const statuses = statusesIn(text);
  if (statuses.length > 0 && !statuses.some((status) => refusals.has(status))) return undefined;
  const final = statements.at(-1);
  const throws = final?.type === 'ThrowStatement' || (final?.type === 'ExpressionStatement' && alwaysLeaves([final]));
  const told =
    /\b(?:permanentR|r)edirect\w*\(|notFound\(|new \w*(?:Error|Exception)\b|\bdestroy\(|\bdisconnect\(|\bterminate\(|not (?:logged|signed|authenticated|authori[sz]ed|allowed)|\bsign in\b|\blog in\b/i.test(
      text,
    );
  return { form: throws ? 'throws' : 'returns', said: throws || told || statuses.length > 0 };
}

/** Every status that a piece of code answers with: `status: 401`, `.status(401)`, `HttpStatus.FORBIDDEN`, 'UNAUTHORIZED'. */
function statusesIn(text: string): string[] {
  const numbers = [
    ...text.matchAll(
      /\b(?:status(?:Code)?|sendStatus|writeHead|code|throw|createError|error|abort)\b\s{0,4}[:=(]{1,3}\s{0,4}(?:new\s\w+\(\s{0,4})?(\d{3})\b/g,
    ),
  ].map(([, status = '']) => status);
  if (/\bHTTP\/1\.1 401|\bunauthori[sz]ed|\bUNAUTHENTICATED\b/i.test(text)) numbers.push('401');
  if (/\bforbidden\b/i.test(text)) numbers.push('403');
  return numbers;
}

/** `next(new Error('...'))`, `socket.destroy()`, `callback(null, false)`: ways to refuse that are no status. */
function endsConnection(statements: readonly Statement[]): boolean {
  let ends = false;
  for (const statement of statements)
    walk(statement, (node) => {
      if (isFunction(node)) return 'skip';
      if (isCall(node) && /(?:^|\.)(?:destroy|disconnect|terminate|close|end)$/.test(calleeNameOf(node) ?? ''))
        ends = true;
      return undefined;
    });
  return ends;
}

/** `return res.status(405).end()`: a method that is not answered. */
export function turnsAway(module: Module, branch: readonly Statement[]): boolean {
  const text = branch.map((statement) => textOf(module, statement)).join('\n');
  return branch.length === 0 || (branch.length <= 2 && alwaysLeaves(branch) && /\b40[45]\b|not allowed/i.test(text));
}
