import type { Node, ObjectExpression } from '@babel/types';
import { definitionOf } from '../../code/bindings.ts';
import { calleeNameOf, isCall, keyNameOf, memberNameOf, unwrapped, type Call } from '../../code/calls.ts';
import { textValueOf } from '../../code/literals.ts';
import { placeOf, textOf, type Module } from '../../code/module.ts';
import { nodesOf } from '../../code/walk.ts';
import type { Repository } from '../../repository/repository.ts';
import { proofOf } from '../offending-line.ts';
import type { RuleFinding } from '../rule.ts';

/** What is wrong with the session cookies of a module; a pass for each that is right. */
export function cookieFindings(repository: Repository, module: Module): RuleFinding[] {
  return nodesOf(module.tree, 'CallExpression').flatMap((call) => {
    const cookie = cookieOf(repository, module, call);
    return cookie ? [judged(repository, module, call, cookie)] : [];
  });
}

/** A cookie that is set: its options, and the flags that the library adds by itself. */
interface Cookie {
  readonly name: string;
  readonly options: Node | undefined;
  readonly normal: ReadonlySet<Flag>;
}

type Flag = 'httpOnly' | 'secure' | 'sameSite';
const aboutSession = /sess(?:ion)?|(?:^|[-_.])sid$|token|auth|jwt|refresh|access|remember|login/i;
const harmless = /csrf|xsrf/i;

function cookieOf(repository: Repository, module: Module, call: Call): Cookie | undefined {
  const method = memberNameOf(call.callee) ?? calleeNameOf(call) ?? '';
  const library = definitionOf(repository, module, call.callee);
  if (library?.kind === 'package' && /^(?:express-session|cookie-session)$/.test(library.name))
    return ofSession(module, call, library.name);
  const [first, second, third, fourth] = call.arguments;
  const object = textOf(module, call.callee);
  if (
    /^(?:cookie|setCookie)$/.test(method) &&
    /^(?:res|response|reply|rep|context\.res)\b|\)\.(?:cookie|setCookie)$|\bstatus\(/.test(object)
  )
    return named(repository, module, first, third);
  if (method === 'setCookie' && library?.kind === 'package' && library.name === 'hono')
    return named(repository, module, second, fourth);
  if (method === 'set' && /cookies?\b(?:\(\))?\)?\.set$|cookieStore\.set$|\bjar\.set$/i.test(object)) {
    const koa = /^(?:ctx|context)\.cookies/.test(object);
    if (first?.type === 'ObjectExpression') return named(repository, module, valueOf(first, 'name'), first);
    const cookie = named(repository, module, first, third);
    return cookie && koa ? { ...cookie, normal: new Set(['httpOnly']) } : cookie;
  }
  return undefined;
}

function named(
  repository: Repository,
  module: Module,
  name: Node | undefined,
  options: Node | undefined,
): Cookie | undefined {
  const text = name && (textValueOf(repository, module, name) ?? textOf(module, name));
  if (text === undefined || !aboutSession.test(text) || harmless.test(text)) return undefined;
  return { name: text, options, normal: new Set() };
}

/** express-session and cookie-session set httpOnly by themselves; the options of express-session lie under `cookie`. */
function ofSession(module: Module, call: Call, library: string): Cookie {
  const [options] = call.arguments;
  const inside =
    library === 'express-session' && options?.type === 'ObjectExpression' ? valueOf(options, 'cookie') : options;
  const isKnown = options === undefined || options.type === 'ObjectExpression';
  return { name: 'the session', options: isKnown ? inside : options, normal: new Set(['httpOnly']) };
}

const harms: Readonly<Record<Flag, string>> = {
  httpOnly: 'read by any script on the page',
  secure: 'overheard on the way',
  sameSite: 'sent along by other sites',
};

function judged(repository: Repository, module: Module, call: Call, { name, options, normal }: Cookie): RuleFinding {
  const where = placeOf(module, call);
  const given = options && objectOf(repository, module, options);
  if (options && !given)
    return { verdict: 'unknown', message: `The flags of the cookie ${shortName(name)} are set elsewhere.`, where };
  if (given?.properties.some(({ type }) => type === 'SpreadElement'))
    return {
      verdict: 'unknown',
      message: `The flags of the cookie ${shortName(name)} are partly set elsewhere.`,
      where,
    };
  if (isTakenAway(module, call)) return { verdict: 'pass', message: 'a cookie is taken away', where };
  const missing = (['httpOnly', 'secure', 'sameSite'] as const).filter((flag) => !isSet(given, flag, normal));
  if (missing.length === 0) return { verdict: 'pass', message: `the cookie ${shortName(name)} has its flags`, where };
  return {
    verdict: 'fail',
    message: `The cookie of ${shortName(name)} can be ${missing.map((flag) => harms[flag]).join(', and ')}.`,
    confidence: 'likely',
    key: `cookie ${shortName(name)}`,
    remedy: `Set ${missing.map((flag) => (flag === 'sameSite' ? "sameSite: 'lax'" : `${flag}: true`)).join(', ')}.`,
    ...proofOf(module, call),
  };
}

function isSet(options: ObjectExpression | undefined, flag: Flag, normal: ReadonlySet<Flag>): boolean {
  const value = options && (valueOf(options, flag) ?? valueOf(options, flag.toLowerCase()));
  if (!value) return normal.has(flag);
  return !(value.type === 'BooleanLiteral' && !value.value);
}

/** `set('token', '', { maxAge: 0 })`: an empty value holds nothing. */
function isTakenAway(module: Module, call: Call): boolean {
  const empty = call.arguments.some((argument) => argument.type === 'StringLiteral' && argument.value === '');
  return empty || /\bmaxAge:\s*0\b|\bexpires:\s*new Date\(0\)|\bvalue:\s*(?:''|"")/.test(textOf(module, call));
}

function valueOf(object: ObjectExpression, name: string): Node | undefined {
  const property = object.properties.find(
    (candidate) => candidate.type === 'ObjectProperty' && keyNameOf(candidate) === name,
  );
  return property?.type === 'ObjectProperty' ? unwrapped(property.value) : undefined;
}

function objectOf(repository: Repository, module: Module, node: Node): ObjectExpression | undefined {
  const plain = unwrapped(node);
  if (plain.type === 'ObjectExpression') return plain;
  const definition = isCall(plain) ? undefined : definitionOf(repository, module, plain);
  return definition?.kind === 'code' && definition.node.type === 'ObjectExpression' ? definition.node : undefined;
}

function shortName(name: string): string {
  return name.split('\n')[0]?.slice(0, 40) ?? name;
}
