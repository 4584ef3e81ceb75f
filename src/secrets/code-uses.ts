import type { Node } from '@babel/types';
import { textOf, type Module } from '../code/module.ts';
import type { Given } from './code-literals.ts';
import { literalOf, nameOf } from './literal.ts';
import { nameKindOf } from './names.ts';
import type { Setting } from './values.ts';

type Call = Extract<Node, { type: 'CallExpression' | 'NewExpression' }>;

/** Functions that take a secret at a fixed place: the callee, which argument, and what that argument is. */
const positions: readonly (readonly [RegExp, number, string])[] = [
  [/(?:^|\.)(?:jwt|jsonwebtoken|JWT|jose|jws)\.(?:sign|verify|encode|decode)$/, 1, 'jwt secret'],
  [/(?:^|\.)(?:sign|verify)(?:Async|Token)?$/, 1, 'jwt secret'],
  [/(?:^|\.)createHmac$/, 1, 'hmac secret'],
  [/(?:^|\.)create(?:Cipher|Decipher)(?:iv)?$/, 1, 'encryption key'],
  [/(?:^|\.)(?:AES|DES|TripleDES|Rabbit|RC4)\.(?:encrypt|decrypt)$/, 1, 'encryption key'],
  [/(?:^|\.)Hmac(?:SHA\d+|MD5)$/, 1, 'hmac secret'],
  [/^cookieParser$/, 0, 'cookie secret'],
  [/(?:^|\.)(?:scrypt|pbkdf2)(?:Sync)?$/, 0, 'password'],
  [/(?:^|\.)(?:bcrypt|bcryptjs|bcryptJs|argon2)\.hash(?:Sync)?$/, 0, 'password'],
  [/(?:^|\.)hash_?password(?:Sync)?$/i, 0, 'password'],
  [/^(?:\w+\.)?Sequelize$/, 2, 'database password'],
];

/** Calls whose first argument names what the second one is: `app.set('jwtSecret', 'x')`, `getEnv('API_KEY', 'x')`. */
const namedByFirst =
  /(?:^|\.)(?:set|get|getOrThrow|default|env|getEnv|envOr|requireEnv|config|setDefault|put|append|setHeader|header|define|setItem|setRequestHeader)$/;
const readsWithDefault = /(?:env|config|settings?)\w*(?:\.get|\.getOrThrow)?$|(?:^|\.)(?:getEnv|envOr)$/i;

/** What a call says about its arguments. */
export function callUses(node: Call, module: Module): Given[] {
  const callee = textOf(module, node.callee).replaceAll(/\s|\?/g, '').slice(-80);
  const [first, second] = node.arguments;
  const gives: Given[] = [];
  const place = positions.find(([name]) => name.test(callee));
  if (place) {
    const [, index, name] = place;
    const literal = literalOf(node.arguments[index]);
    if (literal && fits(name, literal.value, callee, module)) gives.push({ name, literal, setting: 'use' });
  }
  const literal = first?.type === 'StringLiteral' && namedByFirst.test(callee) ? literalOf(second) : undefined;
  if (literal && first?.type === 'StringLiteral' && nameKindOf(first.value)) {
    const fallback = readsWithDefault.test(callee);
    gives.push({ name: first.value, literal, setting: fallback ? 'use' : 'code', ...(fallback && { fallback }) });
  }
  return gives;
}

/** `verify(signature, 'hex')` and `sign('sha256')` take no secret. */
function fits(name: string, value: string, callee: string, module: Module): boolean {
  if (/^(?:hex|base64|base64url|utf-?8|sha\d+|latin1|binary|RS256|HS256|ES256)$/i.test(value)) return false;
  if (/\s/.test(value) && name === 'password') return false;
  return !/^(?:\w+\.)?(?:sign|verify)/.test(callee) || /jsonwebtoken|jwt|jose/i.test(module.text);
}

const takesSecret = /session|cookie|jwt|strategy|auth|iron|csrf|secure|passport|register|helmet|crypto|token/i;
const account =
  /^(?:user|users?name|userName|user_name|email|e?mail|login|account|name|role|host|hostname|server|database|db|port|isAdmin|dialect|service)$/i;

/** How a property of an object is meant, told from the call that the object is given to and from the properties beside it. */
export function objectUse(key: string, around: readonly Node[], module: Module): { name: string; setting: Setting } {
  const object = around.at(-1);
  const holder = around.at(-2);
  if (holder?.type === 'CallExpression' || holder?.type === 'NewExpression') {
    const words = [holder.callee, ...holder.arguments.slice(0, 1).filter(({ type }) => type === 'Identifier')];
    const about = words.map((word) => textOf(module, word as Node).slice(-60)).join(' ');
    if (
      takesSecret.test(about) &&
      /^(?:secret|secrets|secretOrKey|secretKey|keys?|password|cookieSecret|encryptionKey)$/.test(key)
    )
      return { name: `session ${/^keys?$/.test(key) ? 'key' : 'secret'}`, setting: 'use' };
  }
  const kind = nameKindOf(key);
  if (kind === 'password' && object?.type === 'ObjectExpression' && isAccount(object))
    return { name: key, setting: 'account' };
  const owner =
    holder?.type === 'ObjectProperty' || holder?.type === 'VariableDeclarator'
      ? nameOf(holder.type === 'ObjectProperty' ? holder.key : holder.id)
      : undefined;
  return {
    name: owner !== undefined && /^(?:secret|key|secretKey|pass|access|refresh)$/.test(key) ? `${owner}.${key}` : key,
    setting: 'code',
  };
}

/** `{ name: 'admin', password: '1234' }` is an account; `{ email: 'Email', password: 'Password' }` are labels. */
function isAccount(object: Extract<Node, { type: 'ObjectExpression' }>): boolean {
  return object.properties.some((property) => {
    if (property.type !== 'ObjectProperty') return false;
    const key = nameOf(property.key) ?? '';
    if (!account.test(key)) return false;
    if (property.value.type === 'NumericLiteral') return true;
    const value = literalOf(property.value)?.value ?? '';
    return (
      value !== '' &&
      value.toLowerCase() !== key.toLowerCase() &&
      !/^(?:string|text|required|email|username)$/i.test(value) &&
      !/\s\w+\s/.test(value)
    );
  });
}
