import type { Node, ObjectExpression } from '@babel/types';
import { definitionOf } from '../../code/bindings.ts';
import { isFunction, keyNameOf, unwrapped, type Call } from '../../code/calls.ts';
import { placeOf, textOf, type Module } from '../../code/module.ts';
import { nodesOf } from '../../code/walk.ts';
import type { Repository } from '../../repository/repository.ts';
import { proofOf } from '../offending-line.ts';
import type { RuleFinding } from '../rule.ts';

/** What a token that was made with an end passes with: it says nothing of how tokens are verified. */
export const ending = 'tokens that are made here end';
const verified = 'tokens are verified with a named algorithm';
const anyAlgorithm = [
  'A token that is signed in a weaker way may be accepted, because no algorithm is named.',
  "Name it: `{ algorithms: ['HS256'] }`.",
] as const;

/** What is wrong with the JSON Web Tokens of a module; a pass for each place that is right. */
export function tokenFindings(repository: Repository, module: Module): RuleFinding[] {
  if (!/jsonwebtoken|jose|jwt-decode|jwt-simple|express-jwt|koa-jwt/.test(module.text)) return [];
  return [...ofMiddleware(repository, module), ...ofCalls(repository, module)];
}

function ofCalls(repository: Repository, module: Module): RuleFinding[] {
  return nodesOf(module.tree, 'CallExpression').flatMap((call) => {
    const definition = definitionOf(repository, module, call.callee);
    if (definition?.kind !== 'package') return [];
    const name = definition.path.at(-1) ?? '';
    if (definition.name === 'jsonwebtoken') return ofJsonWebToken(repository, module, call, name);
    if (definition.name === 'jose' && /^(?:jwtVerify|compactVerify|jwtDecrypt)$/.test(name))
      return ofJose(repository, module, call);
    const isDecode = (definition.name === 'jose' && name === 'decodeJwt') || definition.name === 'jwt-decode';
    return isDecode ? ofDecode(module, call) : [];
  });
}

/** `expressjwt({ secret, algorithms })`: the first one of a file that names no algorithm tells of all. */
function ofMiddleware(repository: Repository, module: Module): RuleFinding[] {
  const calls = nodesOf(module.tree, 'CallExpression').filter((call) => {
    const definition = definitionOf(repository, module, call.callee);
    const name = definition?.kind === 'package' ? `${definition.name} ${definition.path.join('.')}`.trim() : '';
    return /^(?:express-jwt|koa-jwt)(?: (?:default|expressjwt|expressJwt))?$/.test(name);
  });
  const judged = calls.flatMap((call) => {
    const options = call.arguments[0] && objectOf(repository, module, call.arguments[0]);
    if (!options || options.properties.some(({ type }) => type === 'SpreadElement')) return [];
    const names = options.properties.map((property) => (property.type === 'SpreadElement' ? '' : keyNameOf(property)));
    return [{ call, named: names.includes('algorithms') }];
  });
  const bare = judged.find(({ named }) => !named);
  const [first] = judged;
  if (bare) return [failure(module, bare.call, ...anyAlgorithm, 'review')];
  return first ? [right(module, first.call, verified)] : [];
}

/** jose decides by the key, and by the algorithms where they are named. */
function ofJose(repository: Repository, module: Module, call: Call): RuleFinding[] {
  const options = call.arguments[2] && objectOf(repository, module, call.arguments[2]);
  const isNamed = options?.properties.some(
    (property) => property.type !== 'SpreadElement' && keyNameOf(property) === 'algorithms',
  );
  return [right(module, call, isNamed ? verified : 'tokens are verified, with the algorithm of the key')];
}

function ofJsonWebToken(repository: Repository, module: Module, call: Call, name: string): RuleFinding[] {
  if (name === 'decode') return ofDecode(module, call);
  if (name !== 'verify' && name !== 'sign') return [];
  const given = call.arguments[2];
  const options = given && !isFunction(given) ? objectOf(repository, module, given) : undefined;
  if (given && !isFunction(given) && !options) return [];
  const names = new Set(
    options?.properties.map((property) => (property.type === 'SpreadElement' ? '...' : keyNameOf(property))),
  );
  if (names.has('...')) return [];
  if (options && /\balgorithms?\b[^,}]*['"]none['"]/.test(textOf(module, options)))
    return [
      failure(
        module,
        call,
        'Anyone can write themselves a token that is accepted: the algorithm is none.',
        'Name the one algorithm that you sign with.',
        'certain',
      ),
    ];
  if (name === 'verify') {
    if (names.has('algorithms')) return [right(module, call, verified)];
    return [failure(module, call, ...anyAlgorithm, 'likely')];
  }
  const payload = call.arguments[0] && textOf(module, call.arguments[0]);
  if (names.has('expiresIn') || /\bexp\s*:/.test(payload ?? '')) return [right(module, call, ending)];
  return [
    failure(
      module,
      call,
      'A token that is stolen once can be used for ever, because it never ends.',
      "Give it an end: `{ expiresIn: '15m' }`.",
      'likely',
    ),
  ];
}

/** A token that is only decoded proves nothing; decoding after, or to find the key for, verifying is fine. */
function ofDecode(module: Module, call: Call): RuleFinding[] {
  if (/\b(?:verify|jwtVerify|verifyIdToken|getSigningKey|createRemoteJWKSet|compactVerify)\s*\(/.test(module.text))
    return [right(module, call, 'tokens are decoded and verified in the same file')];
  return [
    failure(
      module,
      call,
      'Anyone can say that they are somebody else: the token is read and never verified.',
      'Verify it with the key of whoever issued it.',
      'likely',
    ),
  ];
}

/** The object that an argument is, also under a name. */
function objectOf(repository: Repository, module: Module, node: Node): ObjectExpression | undefined {
  const plain = unwrapped(node);
  if (plain.type === 'ObjectExpression') return plain;
  const definition = definitionOf(repository, module, plain);
  return definition?.kind === 'code' && definition.node.type === 'ObjectExpression' ? definition.node : undefined;
}

function failure(
  module: Module,
  node: Node,
  message: string,
  remedy: string,
  confidence: 'certain' | 'likely' | 'review',
): RuleFinding {
  return { verdict: 'fail', message, remedy, confidence, ...proofOf(module, node) };
}

function right(module: Module, node: Node, message: string): RuleFinding {
  return { verdict: 'pass', message, where: placeOf(module, node) };
}
