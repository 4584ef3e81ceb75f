import type { Node } from '@babel/types';
import { definitionOf } from '../../code/bindings.ts';
import { calleeNameOf, isCall, isFunction, memberNameOf, type Call } from '../../code/calls.ts';
import { textOf, type Module } from '../../code/module.ts';
import { walk } from '../../code/walk.ts';
import type { Repository } from '../../repository/repository.ts';

/** A function of a library that tells who is calling. */
interface SessionFunction {
  readonly packages: RegExp;
  readonly names: RegExp;
  /** True when it throws or answers by itself where nobody is signed in. */
  readonly refuses: boolean;
}

const libraries: readonly SessionFunction[] = [
  { packages: /^(?:@clerk\/|@stackframe\/)/, names: /protect|redirectToSignIn|requireUser/, refuses: true },
  {
    packages:
      /^(?:next-auth|@auth\/|@clerk\/|@auth0\/|@kinde-oss\/|@workos-inc\/|iron-session|lucia|better-auth|@stackframe\/|@supabase\/|@descope\/)/,
    names:
      /^(?:auth|getAuth|currentUser|getServerSession|unstable_getServerSession|getSession|getToken|getIronSession|getKindeServerSession|withAuth|validateRequest|validateSession|getUser|getClaims|session)$/,
    refuses: false,
  },
  {
    packages:
      /^(?:jsonwebtoken|jose|@tsndr\/cloudflare-worker-jwt|fast-jwt|aws-jwt-verify|paseto|svix|standardwebhooks|next-firebase-auth-edge)$/,
    names: /^(?:verify|jwtVerify|jwtDecrypt|compactVerify|verifySync)$/,
    refuses: true,
  },
];

/** Calls that check a credential and throw, whatever they are called on: `stripe.webhooks.constructEvent`. */
const throwing =
  /(?:^|\.)(?:constructEvent|constructEventAsync|verifyIdToken|verifySessionCookie|jwtVerify|authenticateRequest)$|(?:^|\.)jwt\.verify$|\bauth\.protect$/;

/** Calls that tell who is calling, by a name that means nothing else. */
const telling =
  /(?:^|\.)(?:getServerSession|unstable_getServerSession|getServerAuthSession|getServerUser|currentUser|getCurrentUser|getCurrentSession|getIronSession|getKindeServerSession|validateRequest|validateSession|verifySession|verifyToken|verifyJwt|verifyJWT|verifyAuth|verifyAccessToken|isAuthenticated|getSessionUser|getUserFromRequest|getUserFromToken|getUserFromCookie|getSessionFromCookie|checkAuth|authenticate|requireUser|requireAuth|requireSession|requireAdmin|getAuth)$|(?:^|\.)auth\.(?:api\.)?(?:getUser|getSession|getClaims|user|check)$|^auth$|^getSession$/;

/** Names of headers, cookies and parameters that carry a credential. */
const credentialName =
  /authorization|api[-_]?key|[-_]key$|token|secret|signature|session|sid$|jwt|bearer|^auth$|cookie|password/i;

/** What a request says of its caller, once somebody else has looked: `req.user`, `socket.data.user`, `request.auth`. */
const principal =
  /^(?:req|request|ctx|context|c|socket|client|event|locals|res|this)\.(?:request\.|data\.|req\.|state\.|locals\.|raw\.|handshake\.)*(?:user|userId|session|auth|isAuthenticated|currentUser|account|principal)\b/;

/** Calls that hand a credential out instead of reading one. */
const writes = /(?:^|\.)(?:set|delete|append|clear|clearCookie|setCookie|deleteCookie|setHeader|destroy)$/;

/** Whether a node, functions inside it left out, reads a credential or asks who is calling. */
export function readsCredential(repository: Repository, module: Module, node: Node): boolean {
  let found = false;
  walk(node, (inner) => {
    if (found || (inner !== node && isFunction(inner))) return 'skip';
    if (isCall(inner) && writes.test(calleeNameOf(inner) ?? memberNameOf(inner.callee) ?? '')) return 'skip';
    if (isCall(inner) ? isCredentialCall(repository, module, inner) : isCredentialMember(module, inner)) found = true;
    return undefined;
  });
  return found;
}

/** A library call that throws or answers by itself where the credential is wrong. */
export function isRefusingCall(repository: Repository, module: Module, call: Call): boolean {
  if (throwing.test(calleeNameOf(call) ?? '')) return true;
  return libraryOf(repository, module, call)?.refuses ?? false;
}

function libraryOf(repository: Repository, module: Module, call: Call): SessionFunction | undefined {
  const definition = definitionOf(repository, module, call.callee);
  if (definition?.kind !== 'package') return undefined;
  const name = definition.path.at(-1) === 'default' ? (calleeNameOf(call) ?? '') : (definition.path.at(-1) ?? '');
  return libraries.find(({ packages, names }) => packages.test(definition.name) && names.test(name));
}

function isCredentialCall(repository: Repository, module: Module, call: Call): boolean {
  const name = calleeNameOf(call) ?? '';
  if (libraryOf(repository, module, call) || throwing.test(name)) return true;
  if (telling.test(name)) return definitionOf(repository, module, call.callee)?.kind !== 'code';
  if (/^(?:cookies|useSession|getCookie|getCookies|getSignedCookie|deleteCookie|parseCookies)$/.test(name))
    return name !== 'deleteCookie';
  const [first] = call.arguments;
  const key = first?.type === 'StringLiteral' ? first.value : undefined;
  const callee = memberNameOf(call.callee);
  if (key === undefined || (callee !== 'get' && callee !== 'header' && callee !== 'getHeader')) return false;
  const whole = textOf(module, call.callee);
  return credentialName.test(key) && /header|cookie|query|searchParams|^(?:req|request|c|ctx)\b/i.test(whole);
}

function isCredentialMember(module: Module, node: Node): boolean {
  if (node.type !== 'MemberExpression' && node.type !== 'OptionalMemberExpression') return false;
  const text = textOf(module, node).replaceAll('?.', '.').replaceAll(/\s+/g, '');
  if (principal.test(text) || /\bhandshake\.(?:auth|headers\.(?:authorization|cookie))\b/.test(text)) return true;
  const [, , name] = /\b(headers|cookies|signedCookies|query|handshake\.query)(?:\.|\[['"])([\w-]+)/.exec(text) ?? [];
  return /\b(?:signedC|c)ookies\b/.test(text) || (name !== undefined && name !== 'get' && credentialName.test(name));
}
