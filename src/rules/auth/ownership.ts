import type { Node } from '@babel/types';
import { isCall, isFunction, memberNameOf, type Call } from '../../code/calls.ts';
import { textOf, type Module } from '../../code/module.ts';
import { nodesOf, walk } from '../../code/walk.ts';
import type { Code } from '../../frameworks/server.ts';

/** What code does with who is signed in: filters or compares by it, has it at hand for something else, or never names it. */
export type Ownership = 'asked' | 'at hand' | 'unnamed';

/** Where frameworks and guards keep who is signed in. */
const principal =
  /\b(?:req|request|ctx|context|c|event|locals|state|this)(?:\?)?\.(?:(?!params|query|body|headers)\w+(?:\?)?\.)?(?:user|auth|session|userId|user_id|currentUser|account|uid|jwtPayload|tenant|tenantId|orgId|organizationId)\b|\bsession(?:\?)?\.(?:user|userId|uid)\b|\bcurrentUser\b|\bauth\.uid\b|\bc\.get\(['"](?:user|userId|session|jwtPayload)/;
/** Functions that say who is signed in. */
const askers =
  /\b(?:auth|currentUser|getAuth|getSession|getServerSession|getUser\w*|getCurrentUser|getToken|requireUser|requireAuth|verify\w*|authenticate\w*|validateSession\w*|jwtVerify)\s*\(/;
/** Parameters that a decorator fills with who is signed in: `@CurrentUser() user`. */
const bringsUser = /user|auth|account|session|jwt|token|tenant/i;
const role = /\badmin|\brole|permission|\bability\b|\bmoderator\b/i;
/** What is given to these decides nothing about a record. */
const idle = /^(?:log|info|debug|warn|error|trace|json|send|render|status|end|captureException|track|emit)$/;
const signsIn = /authori[sz]ation|\bcookies?\b|\bverify\w*\(|\bjwtVerify\b|\bgetServerSession\b/i;

/** What the code of a route does with who is signed in. The first piece is the handler; functions that find out who is there tell nothing of records. */
export function ownershipIn(codes: readonly Code[]): Ownership {
  const [handler] = codes;
  const judged = codes
    .filter((code) => code === handler || !signsIn.test(textOf(code.module, code.node)))
    .map((code) => ofPiece(code));
  if (judged.includes('asked')) return 'asked';
  return judged.includes('at hand') ? 'at hand' : 'unnamed';
}

function ofPiece({ module, node }: Code): Ownership {
  const names = namesOfUser(module, node);
  const named = (inner: Node): boolean => {
    const text = textOf(module, inner);
    return principal.test(text) || (names.size > 0 && nodesOf(inner, 'Identifier').some(({ name }) => names.has(name)));
  };
  let found: Ownership = 'unnamed';
  walk(node, (inner) => {
    if (found === 'asked') return 'skip';
    if (isCall(inner) && idle.test(memberNameOf(inner.callee) ?? '')) return 'skip';
    if (comparesWith(inner, named) || (filters(module, inner) && valuesOf(inner).some(named))) found = 'asked';
    else if (
      found === 'unnamed' &&
      isCall(inner) &&
      !askers.test(textOf(module, inner.callee) + '(') &&
      inner.arguments.some(named)
    )
      found = 'at hand';
    return undefined;
  });
  return found;
}

/** `const user = await getUser(request)`, `const { id: me } = request.user`, `@CurrentUser() user`. */
function namesOfUser(module: Module, node: Node): ReadonlySet<string> {
  const names = new Set<string>();
  const add = (pattern: Node): void => {
    walk(pattern, (inner, around) => {
      const parent = around.at(-1);
      const isKey = parent?.type === 'ObjectProperty' && parent.key === inner && !parent.shorthand;
      if (inner.type === 'Identifier' && !isKey && !/^(?:error|err|success|message|ok|status)$/i.test(inner.name))
        names.add(inner.name);
    });
  };
  for (const { id, init } of nodesOf(node, 'VariableDeclarator')) {
    const text = init ? textOf(module, init) : '';
    if (init && !isFunction(init) && (principal.test(text) || askers.test(text))) add(id);
  }
  if (isFunction(node))
    for (const parameter of node.params) {
      const decorators = 'decorators' in parameter ? (parameter.decorators ?? []) : [];
      if (decorators.some((decorator) => bringsUser.test(textOf(module, decorator)))) add(parameter);
    }
  return names;
}

/** `order.owner !== user.id`, `order.owner.equals(user.id)`, `order.members.includes(user.id)`. */
function comparesWith(node: Node, named: (inner: Node) => boolean): boolean {
  if (node.type === 'BinaryExpression')
    return (
      /^[!=]==?$/.test(node.operator) &&
      [node.left, node.right].every((side) => !isPlain(side)) &&
      [node.left, node.right].some(named)
    );
  return (
    isCall(node) &&
    /^(?:equals|includes|has|some|isOwner\w*|isEqual)$/.test(memberNameOf(node.callee) ?? '') &&
    (named(node.callee) || node.arguments.some(named))
  );
}

function isPlain({ type, ...rest }: Node): boolean {
  const name = 'name' in rest ? rest.name : '';
  return type.endsWith('Literal') || type === 'UnaryExpression' || name === 'undefined';
}

/** What looks for records: an object with an id and more, a query with values, a call that is given the id as well. */
function filters(module: Module, node: Node): boolean {
  const isGiven = node.type === 'ObjectExpression' || isCall(node);
  return (
    isGiven &&
    /\b_?id\b|Id\b|params\b|\bwhere\b/.test(
      valuesOf(node)
        .map((value) => textOf(module, value))
        .join(' '),
    )
  );
}

function valuesOf(node: Node): readonly Node[] {
  if (node.type === 'ObjectExpression') return node.properties;
  if (!isCall(node)) return [];
  const inner = node.callee.type === 'MemberExpression' ? node.callee.object : undefined;
  return [...node.arguments, ...(inner && isCall(inner) ? valuesOf(inner) : [])];
}

/** Whether code lets some people do more than others: `user.role !== 'admin'`, `ability.can('read', order)`. */
export function asksForRole(codes: readonly Code[]): boolean {
  return codes.some(({ module, node }) => {
    const compared = nodesOf(node, 'BinaryExpression').some(
      (one) => /^[!=]==?$/.test(one.operator) && role.test(textOf(module, one)),
    );
    return (
      compared ||
      nodesOf(node, 'CallExpression', 'OptionalCallExpression').some((call) => decidesByRole(module, call)) ||
      nodesOf(node, 'UnaryExpression').some(({ argument }) => /\.isAdmin$|\.is_admin$/.test(textOf(module, argument)))
    );
  });
}

function decidesByRole(module: Module, call: Call): boolean {
  const name = memberNameOf(call.callee) ?? textOf(module, call.callee);
  if (
    /^(?:can|cannot|authorize\w*|hasRole\w*|hasPermission\w*|checkPermission\w*|require(?:Role|Permission|Admin)\w*|isAdmin)$/.test(
      name,
    )
  )
    return true;
  return /^(?:includes|has|some|every)$/.test(name) && role.test(textOf(module, call));
}
