import type { Node } from '@babel/types';
import { definitionOf } from '../../code/bindings.ts';
import { calleeNameOf, isCall, isFunction, keyNameOf, unwrapped, type FunctionNode } from '../../code/calls.ts';
import { placeOf, textOf } from '../../code/module.ts';
import { nodesOf } from '../../code/walk.ts';
import type { Repository } from '../../repository/repository.ts';
import type { Code, Guard } from '../server.ts';
import { keyOf, type Metadata } from './decorators.ts';
import type { ClassCode } from './modules.ts';

/** What one guard does with strangers. `login` asks for a password or sends to another site: it is where people sign in. */
export type Verdict = 'refuses' | 'passes' | 'login' | 'unknown';

interface Judged {
  readonly verdict: Verdict;
  readonly why: string;
  /** It lets everybody pass where one of these metadata keys is set. */
  readonly open: readonly string[];
  /** It lets everybody pass where this metadata key is not set. */
  readonly closedBy: readonly string[];
  /** Every metadata key that it asks for: `Auth(AuthType.None)` may switch it off. */
  readonly reads: readonly string[];
}

const bare = 'no guard stands before it';

/** Whether guards stop a stranger before a handler that carries this metadata. */
export function guardAmong(repository: Repository, guards: readonly Code[], metadata: Metadata): Guard {
  let open: Extract<Guard, { state: 'open' }> = { state: 'open', why: bare };
  let unknown: Guard | undefined;
  for (const guard of guards) {
    const judged = judge(repository, guard);
    const { verdict, why } = judged;
    const unnamed = judged.closedBy.some((key) => !metadata.has(key));
    const marked =
      judged.open.some((key) => metadata.has(key)) ||
      judged.reads.some((key) => /\b(?:none|public|anonymous|open)\b/i.test(metadata.get(key) ?? ''));
    if (marked) open = { state: 'open', why: `it is marked to pass ${nameOf(guard)}` };
    else if (unnamed) open = open.why === bare ? { state: 'open', why: `${nameOf(guard)} asks nothing of it` } : open;
    else if (verdict === 'refuses')
      return { state: 'refused', by: placeOf(guard.module, guard.node), how: nameOf(guard) };
    else if (verdict === 'unknown') unknown = { state: 'unknown', why };
    else open = { state: 'open', why };
  }
  return unknown ?? open;
}

function nameOf({ module, node }: Code): string {
  return textOf(module, node).split('\n')[0] ?? '';
}

const memory = new WeakMap<Node, Judged>();
const plainly = (verdict: Verdict, why: string): Judged => ({ verdict, why, open: [], closedBy: [], reads: [] });

function judge(repository: Repository, guard: Code, steps = 6): Judged {
  const known = memory.get(guard.node);
  const judged =
    known ??
    (steps > 0 ? ofExpression(repository, guard, steps - 1) : plainly('unknown', 'guards go round in a circle'));
  memory.set(guard.node, judged);
  return judged;
}

function ofExpression(repository: Repository, { module, node }: Code, steps: number): Judged {
  const plain = unwrapped(node);
  const made = isCall(plain) || plain.type === 'NewExpression' ? plain : undefined;
  const definition = definitionOf(repository, module, made ? made.callee : plain);
  if (definition?.kind === 'package')
    return ofPackage(definition.name, definition.path.at(-1) ?? '', made ? textOf(module, made) : '');
  if (definition?.kind !== 'code')
    return plainly('unknown', `the guard ${textOf(module, plain)} could not be followed`);
  if (definition.node.type === 'ClassDeclaration' || definition.node.type === 'ClassExpression')
    return ofClass(repository, { module: definition.module, node: definition.node }, steps);
  if (isFunction(definition.node)) {
    const [inner] = nodesOf(definition.node, 'ClassDeclaration', 'ClassExpression');
    if (inner) return ofClass(repository, { module: definition.module, node: inner }, steps);
    const returned = nodesOf(definition.node, 'CallExpression').find((call) => calleeNameOf(call) === 'AuthGuard');
    return returned
      ? judge(repository, { module: definition.module, node: returned }, steps)
      : plainly('unknown', 'a guard is made by a function');
  }
  if (isCall(unwrapped(definition.node))) return judge(repository, definition, steps);
  return plainly('unknown', `the guard ${textOf(module, plain)} could not be followed`);
}

/** Guards that come with a package. */
function ofPackage(name: string, guard: string, call: string): Judged {
  if (name === '@nestjs/passport') {
    if (/['"](?:local|ldap|magic-?link)['"]/i.test(call)) return plainly('login', 'it is where people sign in');
    if (
      /['"](?:google|github|facebook|twitter|discord|apple|azure\w*|saml|oauth2?|oidc|linkedin|microsoft|kakao|naver|42)\b/i.test(
        call,
      )
    )
      return plainly('login', 'it is where people sign in');
    return /['"]anonymous['"]/.test(call)
      ? plainly('passes', 'its guard lets strangers pass')
      : plainly('refuses', guard);
  }
  if (/throttl|rate-?limit/i.test(name)) return plainly('passes', 'its guard only counts requests');
  if (
    /keycloak|auth0|cognito|firebase|supabase|clerk|better-auth|auth-?jwt|passport/i.test(name) &&
    /auth|jwt|guard/i.test(guard)
  )
    return plainly('refuses', guard);
  return plainly('unknown', `its guard ${guard} comes from ${name}`);
}

function ofClass(repository: Repository, guard: ClassCode, steps: number): Judged {
  const { module, node } = guard;
  const member = (name: string): FunctionNode | undefined =>
    node.body.body.find(
      (candidate): candidate is Extract<typeof candidate, { type: 'ClassMethod' }> =>
        candidate.type === 'ClassMethod' && keyNameOf(candidate) === name,
    );
  const base = node.superClass ? judge(repository, { module, node: node.superClass }, steps) : undefined;
  const canActivate = member('canActivate');
  const handleRequest = member('handleRequest');
  if (base && !canActivate && !handleRequest) return base;
  const lets = canActivate ? exemptionsOf(repository, guard, canActivate) : { open: [], closedBy: [], reads: [] };
  if (handleRequest && !/\bthrow\b|super\.handleRequest/.test(textOf(module, handleRequest)))
    return plainly('passes', `${node.id?.name ?? 'its guard'} lets strangers pass without an error`);
  if (base)
    return canActivate && !/super\.canActivate/.test(textOf(module, canActivate))
      ? { ...lets, ...ownVerdict(guard, canActivate) }
      : {
          ...base,
          open: [...base.open, ...lets.open],
          closedBy: [...base.closedBy, ...lets.closedBy],
          reads: [...base.reads, ...lets.reads],
        };
  return canActivate
    ? { ...lets, ...ownVerdict(guard, canActivate) }
    : plainly('unknown', `${node.id?.name ?? 'its guard'} has no canActivate`);
}

const looksAtCaller =
  /authori[sz]ation|headers|cookies?|\.user\b|session|token|jwt|api[-_]?key|isAuthenticated|getRequest|validate/i;

/** What `canActivate` itself decides. */
function ownVerdict({ module, node }: ClassCode, canActivate: FunctionNode): Pick<Judged, 'verdict' | 'why'> {
  const name = node.id?.name ?? 'its guard';
  const returned = nodesOf(canActivate.body, 'ReturnStatement').map(({ argument }) => argument);
  const throws = nodesOf(canActivate.body, 'ThrowStatement').length > 0;
  const always =
    returned.length > 0 && returned.every((argument) => argument?.type === 'BooleanLiteral' && argument.value);
  if (always && !throws) return { verdict: 'passes', why: `${name} lets everybody pass` };
  return looksAtCaller.test(textOf(module, node))
    ? { verdict: 'refuses', why: name }
    : { verdict: 'unknown', why: `${name} does not look at who is calling` };
}

/** Metadata that makes `canActivate` answer true before it looks: `if (isPublic) return true`, `if (!roles) return true`. */
function exemptionsOf(
  repository: Repository,
  { module }: ClassCode,
  canActivate: FunctionNode,
): Pick<Judged, 'open' | 'closedBy' | 'reads'> {
  const keys = new Map<string, string>();
  for (const { id, init } of nodesOf(canActivate.body, 'VariableDeclarator')) {
    const call = init
      ? nodesOf(init, 'CallExpression').find((inner) =>
          /reflector\.(?:get|getAllAndOverride|getAllAndMerge)$/.test(calleeNameOf(inner) ?? ''),
        )
      : undefined;
    const [key] = call?.arguments ?? [];
    if (id.type === 'Identifier' && key) keys.set(id.name, keyOf(repository, module, key));
  }
  const open: string[] = [];
  const closedBy: string[] = [];
  for (const { test, consequent } of nodesOf(canActivate.body, 'IfStatement')) {
    if (!/^\{?\s*return true\b/.test(textOf(module, consequent))) continue;
    const text = textOf(module, test);
    for (const [name, key] of keys) {
      if (new RegExp(`!\\s*${name}\\b|\\b${name}(?:\\?)?\\.length\\s*(?:===?\\s*0|<\\s*1)`).test(text))
        closedBy.push(key);
      else if (new RegExp(`\\b${name}\\b`).test(text)) open.push(key);
    }
  }
  return { open, closedBy, reads: [...keys.values()] };
}

/** The guards that `@UseGuards(A, B)` names. */
export function guardsNamed(args: readonly Node[], module: Code['module']): Code[] {
  return args.map((node) => ({ module, node }));
}
