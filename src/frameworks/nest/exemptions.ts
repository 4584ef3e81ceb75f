import type { Node, Statement } from '@babel/types';
import { calleeNameOf, isCall, isFunction, memberNameOf, type FunctionNode } from '../../code/calls.ts';
import { textOf } from '../../code/module.ts';
import { nodesOf, walk } from '../../code/walk.ts';
import type { Repository } from '../../repository/repository.ts';
import { statementsOf } from '../refusal/exits.ts';
import { keyOf } from './decorators.ts';
import type { ClassCode } from './modules.ts';

/** The metadata that makes a guard let everybody pass. */
export interface Exemptions {
  /** It lets everybody pass where one of these metadata keys is set. */
  readonly open: readonly string[];
  /** It lets everybody pass where this metadata key is not set. */
  readonly closedBy: readonly string[];
  /** Every metadata key that it asks for: `Auth(AuthType.None)` may switch it off. */
  readonly reads: readonly string[];
}

/** Metadata that makes `canActivate` answer true before it looks: `if (isPublic) return true`, `if (!roles) return true`. */
export function exemptionsOf(repository: Repository, { module }: ClassCode, canActivate: FunctionNode): Exemptions {
  const keys = keysRead(repository, module, canActivate);
  const open: string[] = [];
  const closedBy: string[] = [];
  for (const test of testsThatLetPass(canActivate)) {
    const text = textOf(module, test);
    for (const [name, key] of keys) {
      if (new RegExp(`!\\s*${name}\\b|\\b${name}(?:\\?)?\\.length\\s*(?:===?\\s*0|<\\s*1)`).test(text))
        closedBy.push(key);
      else if (asksWhether(test, name)) open.push(key);
    }
  }
  return { open, closedBy, reads: [...keys.values()] };
}

/** The names that hold metadata, each with its key. */
function keysRead(repository: Repository, module: ClassCode['module'], { body }: FunctionNode): Map<string, string> {
  const keys = new Map<string, string>();
  for (const { id, init } of nodesOf(body, 'VariableDeclarator')) {
    const call = init
      ? nodesOf(init, 'CallExpression').find((inner) =>
          /reflector\.(?:get|getAllAndOverride|getAllAndMerge)$/.test(calleeNameOf(inner) ?? ''),
        )
      : undefined;
    const [key] = call?.arguments ?? [];
    if (id.type === 'Identifier' && key) keys.set(id.name, keyOf(repository, module, key));
  }
  return keys;
}

/** What has to hold so that everybody passes: `if (isPublic) return true`, `return isPublic || ...`, `isPublic ? true : ...`. */
function testsThatLetPass({ body }: FunctionNode): Node[] {
  const afterIf = nodesOf(body, 'IfStatement').flatMap(({ test, consequent }) =>
    returnsTrue(consequent) ? [test] : [],
  );
  const returned = nodesOf(body, 'ReturnStatement').flatMap(({ argument }) => {
    if (argument?.type === 'LogicalExpression' && argument.operator === '||') return [argument.left];
    const isOpen = argument?.type === 'ConditionalExpression' && isTrue(argument.consequent);
    return isOpen ? [argument.test] : [];
  });
  return [...afterIf, ...returned];
}

function returnsTrue(branch: Statement): boolean {
  const [first] = statementsOf(branch);
  return first?.type === 'ReturnStatement' && isTrue(first.argument);
}

function isTrue(node: Node | null | undefined): boolean {
  return node?.type === 'BooleanLiteral' && node.value;
}

/** Whether a test is about a value being there: `isPublic`, and not `roles.includes(user.role)`, which looks at the caller. */
function asksWhether(test: Node, name: string): boolean {
  let asks = false;
  walk(test, (node) => {
    if (isCall(node) || isFunction(node) || memberNameOf(node) !== undefined) return 'skip';
    if (node.type === 'Identifier' && node.name === name) asks = true;
    return undefined;
  });
  return asks;
}
