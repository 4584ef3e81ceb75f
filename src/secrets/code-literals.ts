import type { Node } from '@babel/types';
import type { Module } from '../code/module.ts';
import { textOf } from '../code/module.ts';
import { walk } from '../code/walk.ts';
import { callUses, objectUse } from './code-uses.ts';
import type { Sighting } from './finding.ts';
import { literalOf, nameOf, type Literal } from './literal.ts';
import { kindNamed } from './kinds.ts';
import { nameKindOf } from './names.ts';
import { isSecretValue, isSelfMade, type Setting } from './values.ts';

/** A fixed text that is given to a name. */
export interface Given {
  readonly name: string;
  readonly literal: Literal;
  readonly setting: Setting;
  /** True for `process.env.X || 'text'` and its kin. */
  readonly fallback?: boolean;
}

/** Layer 3 for code: fixed texts that are given to the name of a secret, or stand where a secret is expected. */
export function codeSightings(module: Module): Sighting[] {
  const found: Sighting[] = [];
  walk(module.tree.program, (node, around) => {
    if (node.type.startsWith('TS') && /^TS(?:Type|Interface|Literal|Union)/.test(node.type)) return 'skip';
    for (const one of givenBy(node, around, module)) {
      const sighting = sightingOf(one);
      if (sighting) found.push(sighting);
    }
    return undefined;
  });
  return found;
}

function sightingOf({ name, literal: { value, node }, setting, fallback }: Given): Sighting | undefined {
  const kind = /[^\w$.@ -]/.test(name) ? undefined : nameKindOf(name);
  if (!kind || node.start == null || node.end == null) return undefined;
  const is = isSecretValue(value, kind, setting, name) || (fallback === true && kind === 'issued' && isSelfMade(value));
  if (!is) return undefined;
  const quoted = node.type === 'StringLiteral' || node.type === 'TemplateLiteral' ? 1 : 0;
  return {
    start: node.start + quoted,
    end: node.end - quoted,
    value,
    ...kindNamed(name, kind),
    layer: 'name',
    confidence: 'likely',
    name,
    ...(fallback && { fallback }),
  };
}

function givenBy(node: Node, around: readonly Node[], module: Module): Given[] {
  switch (node.type) {
    case 'VariableDeclarator':
    case 'ClassProperty':
    case 'ClassPrivateProperty': {
      const name = nameOf(node.type === 'VariableDeclarator' ? node.id : node.key);
      const value = node.type === 'VariableDeclarator' ? node.init : node.value;
      return given(name, value, signsWith(name, module) ? 'use' : besideAccount(node, module) ? 'account' : 'code');
    }
    case 'AssignmentExpression':
      return given(nameOf(node.left), node.right, 'code');
    case 'AssignmentPattern':
      return given(nameOf(node.left), node.right, 'code', defaultsOfEnvironment(around, module));
    case 'ObjectProperty':
      return propertyGives(node, around, module);
    case 'JSXAttribute':
      return given(nameOf(node.name as Node), node.value, 'code');
    case 'LogicalExpression':
      return node.operator === '&&' ? [] : fallbackGives(node.left, node.right, module);
    case 'ConditionalExpression':
      return fallbackGives(node.test, node.alternate, module);
    case 'BinaryExpression':
      return comparisonGives(node);
    case 'CallExpression':
    case 'NewExpression':
      return callUses(node, module);
    default:
      return [];
  }
}

/** Does this file sign or encrypt with what is called so? */
function signsWith(name: string | undefined, { text }: Module): boolean {
  if (name === undefined || !/^[\w$]+$/.test(name) || nameKindOf(name) !== 'signing') return false;
  const place = String.raw`(?:\b(?:sign|verify|session|cookieParser|createHmac|createCipheriv|createDecipheriv|encrypt|decrypt|jwt)\w*\([^;]{0,200}[,(]|\b(?:secret|secretOrKey)\s*:)`;
  return new RegExp(`${place}\\s*(?:\\w+\\.)?${name.replaceAll('$', String.raw`\$`)}\\b`).test(text);
}

/** `const user = 'root'` a line or two away. */
function besideAccount({ start }: Node, { text }: Module): boolean {
  return (
    start != null &&
    /(?:\buser\w*|\w*_?user|\bhost|login)\s*[:=]\s*['"`]\w/i.test(text.slice(Math.max(0, start - 160), start + 160))
  );
}

function given(name: string | undefined, value: Node | null | undefined, setting: Setting, fallback = false): Given[] {
  const literal = name === undefined ? undefined : literalOf(value);
  return name !== undefined && literal
    ? [{ name, literal, setting: fallback ? 'use' : setting, ...(fallback && { fallback }) }]
    : [];
}

const readsEnvironment = /\benv\b|\bENV\b|config|settings/i;

function fallbackGives(left: Node, right: Node, module: Module): Given[] {
  const literal = literalOf(right);
  const name = literal && nameOf(left.type === 'LogicalExpression' ? left.left : left);
  if (!literal || name === undefined) return [];
  const read = readsEnvironment.test(textOf(module, left)) || /^[A-Z][A-Z0-9_]+$/.test(name);
  return [{ name, literal, setting: read ? 'use' : 'code', ...(read && { fallback: true }) }];
}

/** `const { JWT_SECRET = 'x' } = process.env`. */
function defaultsOfEnvironment(around: readonly Node[], module: Module): boolean {
  const declarator = around.findLast(({ type }) => type === 'VariableDeclarator');
  return (
    declarator?.type === 'VariableDeclarator' &&
    declarator.init != null &&
    readsEnvironment.test(textOf(module, declarator.init))
  );
}

function propertyGives(
  node: Extract<Node, { type: 'ObjectProperty' }>,
  around: readonly Node[],
  module: Module,
): Given[] {
  const key = node.computed && node.key.type !== 'StringLiteral' ? undefined : nameOf(node.key);
  if (key === undefined) return [];
  const use = objectUse(key, around, module);
  // `keys: ['a', 'b']` of a cookie; other lists name things.
  const literals = node.value.type === 'ArrayExpression' && use.setting === 'use' ? node.value.elements : [node.value];
  const gives = literals.flatMap((element) => given(use.name, element, use.setting));
  return [...gives, ...schemaDefault(key, node.value)];
}

/** `JWT_SECRET: z.string().default('x')`, `JWT_SECRET: str({ default: 'x' })`, `{ env: 'JWT_SECRET', default: 'x' }`. */
function schemaDefault(key: string, value: Node): Given[] {
  if (value.type === 'ObjectExpression') {
    const named = nameOfEntry(value, 'env');
    return defaultEntry(named ?? key, value);
  }
  const gives: Given[] = [];
  for (let call = value; call.type === 'CallExpression';) {
    const [first] = call.arguments;
    const { callee } = call;
    if (
      callee.type === 'MemberExpression' &&
      /^(?:default|catch|prefault|fallback)$/.test(nameOf(callee.property) ?? '')
    )
      gives.push(...given(key, first, 'use', true));
    if (first?.type === 'ObjectExpression') gives.push(...defaultEntry(key, first));
    if (callee.type !== 'MemberExpression') break;
    call = callee.object as typeof call;
  }
  return gives;
}

function defaultEntry(name: string, object: Extract<Node, { type: 'ObjectExpression' }>): Given[] {
  const entry = object.properties.find(
    (property) => property.type === 'ObjectProperty' && /^(?:default|devDefault)$/.test(nameOf(property.key) ?? ''),
  );
  return entry?.type === 'ObjectProperty' ? given(name, entry.value, 'use', true) : [];
}

function nameOfEntry(object: Extract<Node, { type: 'ObjectExpression' }>, key: string): string | undefined {
  const entry = object.properties.find(
    (property) => property.type === 'ObjectProperty' && nameOf(property.key) === key,
  );
  return entry?.type === 'ObjectProperty' ? literalOf(entry.value)?.value : undefined;
}

/** `password === 'letmein'`. A comparison with the name of a type, or of a parser's token, says nothing. */
function comparisonGives(node: Extract<Node, { type: 'BinaryExpression' }>): Given[] {
  if (!/^[!=]==?$/.test(node.operator)) return [];
  const [left, right] = [node.left as Node, node.right as Node];
  const literal = literalOf(right) ?? literalOf(left);
  const name = literal && nameOf(literal.node === right ? left : right);
  if (!literal || name === undefined || (literal.node === right ? left : right).type === 'UnaryExpression') return [];
  const kind = nameKindOf(name);
  if (kind === 'issued' && !/^(?:tokens?|jwt)$/i.test(name) && /\d/.test(literal.value))
    return [{ name: `${name} password`, literal, setting: 'code' }];
  return kind ? [{ name, literal, setting: kind === 'password' ? 'account' : 'code' }] : [];
}
