import type { Node } from '@babel/types';
import { isCall, isFunction, keyNameOf, memberNameOf, objectOf } from '../../code/calls.ts';
import { textOf } from '../../code/module.ts';
import type { Danger, Detector } from './danger.ts';

const secretName =
  /(?:(?:^|[a-z_])(?:token|otp|passwd|password|passcode|secret|nonce|salt|pin|apikey|signature|hmac)|session_?id|api_?key|reset_?code|verification_?code|one_?time_?code|(?:^|[a-z_])session)$/i;

/** md5 and sha1, where the value becomes a password, a token or a signature. Checksums, cache keys and avatars may use them. */
export const weakHash: Detector = (node, around, module): Danger | undefined => {
  if (!isCall(node)) return undefined;
  const name = node.callee.type === 'Identifier' ? node.callee.name : memberNameOf(node.callee);
  const [first] = node.arguments;
  const algorithm = name === 'createHash' && first?.type === 'StringLiteral' ? first.value : name;
  if (!/^(?:md5|sha-?1)$/i.test(algorithm ?? '') || (name !== 'createHash' && node.arguments.length === 0))
    return undefined;
  const chain = around.findLast((outer) => /Statement|Declaration$|Property|ReturnStatement/.test(outer.type));
  const fed = [...(chain ? textOf(module, chain).matchAll(/(?:\.update|md5|sha1)\(\s*([\w.[\]'"]+)/gi) : [])].map(
    ([, what = '']) => what.split('.').at(-1) ?? '',
  );
  if (![...fed, ...namesGiven(around)].some((word) => secretName.test(word))) return undefined;
  return {
    node,
    reached: true,
    message: 'Passwords or tokens are protected by an old hash that an ordinary computer undoes within hours.',
    remedy: 'Hash passwords with argon2id, scrypt or bcrypt; sign with HMAC and SHA-256.',
  };
};

/** Math.random where the value becomes something that nobody may guess. */
export const guessable: Detector = (node, around): Danger | undefined => {
  if (!isCall(node) || memberNameOf(node.callee) !== 'random') return undefined;
  const object = objectOf(node.callee);
  if (object?.type !== 'Identifier' || object.name !== 'Math' || isAnimated(around)) return undefined;
  if (!namesGiven(around).some((word) => secretName.test(word))) return undefined;
  return {
    node,
    reached: true,
    message: 'A secret value is made with Math.random: somebody who has seen a few can compute the next one.',
    remedy: 'Use crypto.randomUUID() or crypto.randomBytes(32).',
  };
};

/** A number between 0 and 1 that decides what to do is no secret, whatever the function around it is called. */
function isAnimated(around: readonly Node[]): boolean {
  const parent = around.at(-1);
  return parent?.type === 'BinaryExpression' && /^[<>]=?$/.test(parent.operator);
}

/** What the value is called: the variable, the property, or the function that returns it. */
function namesGiven(around: readonly Node[]): string[] {
  const names: string[] = [];
  for (const node of around.toReversed()) {
    if (node.type === 'VariableDeclarator' && node.id.type === 'Identifier') return [...names, node.id.name];
    if (node.type === 'AssignmentExpression')
      return [...names, node.left.type === 'Identifier' ? node.left.name : (memberNameOf(node.left) ?? '')];
    if (node.type === 'ObjectProperty') return [...names, keyNameOf(node) ?? ''];
    if (isFunction(node)) {
      if ('id' in node && node.id?.type === 'Identifier') return [...names, node.id.name];
      if ('key' in node) return [...names, keyNameOf(node) ?? ''];
    }
    if (node.type === 'ExpressionStatement') return names;
  }
  return names;
}

/** Encrypted connections whose other end is not checked. */
export const unverified: Detector = (node): Danger | undefined => {
  const off =
    (node.type === 'ObjectProperty' &&
      keyNameOf(node) === 'rejectUnauthorized' &&
      node.value.type === 'BooleanLiteral' &&
      !node.value.value) ||
    (node.type === 'AssignmentExpression' &&
      memberNameOf(node.left) === 'NODE_TLS_REJECT_UNAUTHORIZED' &&
      /^(?:0|false)$/.test(valueOf(node.right)));
  if (!off) return undefined;
  return {
    node,
    reached: true,
    message:
      'The server talks to other machines without checking who they are: somebody on the way can read and change everything.',
    remedy: 'Remove the switch; name the certificate of your own authority with the option ca or NODE_EXTRA_CA_CERTS.',
  };
};

function valueOf(node: Node): string {
  return node.type === 'StringLiteral' || node.type === 'NumericLiteral' || node.type === 'BooleanLiteral'
    ? String(node.value)
    : '';
}
