import type { Node, ObjectExpression } from '@babel/types';
import { definitionOf } from '../../code/bindings.ts';
import { isFunction, keyNameOf, unwrapped, type Call } from '../../code/calls.ts';
import { placeOf, textOf, type Module } from '../../code/module.ts';
import { nodesOf } from '../../code/walk.ts';
import type { Repository } from '../../repository/repository.ts';
import { proofOf } from '../offending-line.ts';
import type { RuleFinding } from '../rule.ts';

/** What is wrong with the JSON Web Tokens of a module; a pass for each place that is right. */
export function tokenFindings(repository: Repository, module: Module): RuleFinding[] {
  if (!/jsonwebtoken|jose|jwt-decode|jwt-simple/.test(module.text)) return [];
  return nodesOf(module.tree, 'CallExpression').flatMap((call) => {
    const definition = definitionOf(repository, module, call.callee);
    if (definition?.kind !== 'package') return [];
    const name = definition.path.at(-1) ?? '';
    if (definition.name === 'jsonwebtoken') return ofJsonWebToken(repository, module, call, name);
    const isDecode = (definition.name === 'jose' && name === 'decodeJwt') || definition.name === 'jwt-decode';
    return isDecode ? ofDecode(module, call) : [];
  });
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
    if (names.has('algorithms')) return [right(module, call)];
    return [
      failure(
        module,
        call,
        'A token that is signed in a weaker way may be accepted, because no algorithm is named.',
        "Name it: `{ algorithms: ['HS256'] }`.",
        'likely',
      ),
    ];
  }
  const payload = call.arguments[0] && textOf(module, call.arguments[0]);
  if (names.has('expiresIn') || /\bexp\s*:/.test(payload ?? '')) return [right(module, call)];
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
    return [right(module, call)];
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
  confidence: 'certain' | 'likely',
): RuleFinding {
  return { verdict: 'fail', message, remedy, confidence, ...proofOf(module, node) };
}

function right(module: Module, node: Node): RuleFinding {
  return {
    verdict: 'pass',
    message: 'tokens are verified with a named algorithm, and end',
    where: placeOf(module, node),
  };
}
