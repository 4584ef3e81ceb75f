import type { Node } from '@babel/types';
import { calleeNameOf, dottedNamesOf, isCall, keyNameOf, unwrapped } from '../../code/calls.ts';
import { placeOf, textOf, type Module } from '../../code/module.ts';
import { nodesOf } from '../../code/walk.ts';
import type { Place } from '../../repository/place.ts';

/** A line that is logged. */
export interface LogCall {
  readonly node: Node;
  readonly where: Place;
  readonly isConsole: boolean;
  /** What is private in what it writes; undefined for nothing that is seen. */
  readonly tells: Private | undefined;
}

/** Something that has no business in a log: all that was sent, one password or token, or the whole environment. */
export interface Private {
  readonly kind: 'request' | 'secret' | 'environment';
  /** As it is written: `req.body`. */
  readonly name: string;
}

const level = /^(?:log|info|debug|warn|error|trace|fatal|verbose|dir|http|silly)$/;
const loggers = /(?:^|\.)(?:log|logger|_logger|logging|winston|pino|LOG|Logger)$/;

/** The lines that a module logs. */
export function logCallsIn(module: Module): LogCall[] {
  if (!/\bconsole\b|\blog(?:ger)?\b/i.test(module.text)) return [];
  return nodesOf(module.tree, 'CallExpression', 'OptionalCallExpression').flatMap((node) => {
    const names = dottedNamesOf(node.callee) ?? [];
    const method = names.at(-1) ?? '';
    const object = names.slice(0, -1).join('.');
    const isConsole = object === 'console';
    if (!level.test(method) || !(isConsole || loggers.test(object))) return [];
    const tells = node.arguments.map((argument) => privateIn(module, argument, isConsole)).find(Boolean);
    return [{ node, where: placeOf(module, node), isConsole, tells }];
  });
}

const request = /^(?:this\.)?(?:req|request|ctx|context|c|ctx\.request|ctx\.req|context\.request)$/;

/** What is private in a value that is logged, itself or as a part of it. */
function privateIn(module: Module, node: Node, whole: boolean): Private | undefined {
  const plain = unwrapped(node);
  if (plain.type === 'ObjectExpression')
    return plain.properties
      .map((property) =>
        property.type === 'ObjectProperty'
          ? privateIn(module, property.value, false)
          : property.type === 'SpreadElement'
            ? privateIn(module, property.argument, false)
            : undefined,
      )
      .find(Boolean);
  if (plain.type === 'TemplateLiteral')
    return plain.expressions.map((part) => privateIn(module, part, false)).find(Boolean);
  if (plain.type === 'BinaryExpression' && plain.operator === '+')
    return [plain.left, plain.right].map((part) => privateIn(module, part, false)).find(Boolean);
  if (isCall(plain) && calleeNameOf(plain) === 'JSON.stringify')
    return plain.arguments[0] ? privateIn(module, plain.arguments[0], whole) : undefined;
  return privateName(module, dottedNamesOf(plain) ?? [], whole);
}

/** Whole requests, bodies, headers and the environment, and fields whose names say that they open a door. */
function privateName(module: Module, names: readonly string[], whole: boolean): Private | undefined {
  const name = names.join('.');
  if (name === 'process.env') return { kind: 'environment', name };
  const object = names.slice(0, -1).join('.');
  const last = names.at(-1) ?? '';
  if (/^(?:ctx|context)(?:\.response)?\.body$/.test(name)) return answeredSecret(module, name);
  if (/^(?:body|headers|cookies|rawHeaders|rawBody)$/.test(last) && request.test(object))
    return { kind: 'request', name };
  if (whole && /^(?:req|request)$/.test(name)) return { kind: 'request', name };
  return isSecret(module, last) ? { kind: 'secret', name } : undefined;
}

/** `ctx.body` of Koa is the answer: private where a token stands in it. */
function answeredSecret(module: Module, name: string): Private | undefined {
  const answers = nodesOf(module.tree, 'AssignmentExpression').filter(({ left }) => textOf(module, left) === name);
  const keys = answers.flatMap(({ right }) =>
    right.type === 'ObjectExpression'
      ? right.properties.flatMap((property) => (property.type === 'ObjectProperty' ? (keyNameOf(property) ?? []) : []))
      : [],
  );
  const secret = keys.find((key) => isSecret(module, key));
  return secret === undefined ? undefined : { kind: 'secret', name: `${name}.${secret}` };
}

const passwords =
  /^(?:(?:user|plain|plain_?text|new|old|current|raw|clear|admin|db|temp|temporary|generated|login)?_?passw(?:or)?d|pwd|passphrase)$/i;
const tokens =
  /^(?:(?:access|refresh|auth|bearer|id|jwt|session|api|reset|verification|sign_?in|login|user)_?)?token$|^jwt$|^(?:client|jwt|api|session|app)?_?secret$|^api_?key$|^private_?key$/i;

/** The pieces that a language model writes are called tokens too: where nobody signs in, a token is no key. */
function isSecret({ text }: Module, name: string): boolean {
  if (passwords.test(name)) return true;
  return (
    tokens.test(name) && (!/^token$/i.test(name) || /jwt|jsonwebtoken|jose|bearer|authori[sz]|signin|login/i.test(text))
  );
}
