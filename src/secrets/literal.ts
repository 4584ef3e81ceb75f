import type { Node } from '@babel/types';

/** A text that is fixed in the code. */
export interface Literal {
  readonly value: string;
  readonly node: Node;
}

/** The text that an expression always gives: a string, strings joined by `+` or `join`, a packed string that is unpacked; else undefined. */
export function literalOf(node: Node | null | undefined): Literal | undefined {
  if (!node) return undefined;
  const value = textOfExpression(node, 0);
  return value === undefined ? undefined : { value, node };
}

function textOfExpression(node: Node, depth: number): string | undefined {
  if (depth > 200) return undefined;
  switch (node.type) {
    case 'StringLiteral':
      return node.value;
    case 'TemplateLiteral':
      return node.expressions.length === 0 ? (node.quasis[0]?.value.cooked ?? undefined) : undefined;
    case 'TSAsExpression':
    case 'TSSatisfiesExpression':
    case 'TSNonNullExpression':
    case 'ParenthesizedExpression':
      return textOfExpression(node.expression, depth + 1);
    case 'BinaryExpression': {
      if (node.operator !== '+') return undefined;
      const left = textOfExpression(node.left, depth + 1);
      const right = left === undefined ? undefined : textOfExpression(node.right, depth + 1);
      return right === undefined ? undefined : `${left}${right}`;
    }
    case 'CallExpression':
      return unpacked(node, depth);
    default:
      return undefined;
  }
}

/** `atob('…')`, `Buffer.from('…', 'base64').toString()`, `['a', 'b'].join('')`: the value that the code makes of it. */
function unpacked(node: Extract<Node, { type: 'CallExpression' }>, depth: number): string | undefined {
  const { callee } = node;
  const [first, second] = node.arguments;
  const given = first && textOfExpression(first, depth + 1);
  if (callee.type === 'Identifier')
    return callee.name === 'atob' && given !== undefined ? decoded(given, 'base64') : undefined;
  if (callee.type !== 'MemberExpression' || callee.property.type !== 'Identifier') return undefined;
  const { name } = callee.property;
  if (name === 'from' && callee.object.type === 'Identifier' && callee.object.name === 'Buffer') {
    const encoding = second && textOfExpression(second, depth + 1);
    return given === undefined
      ? undefined
      : encoding === 'base64' || encoding === 'hex'
        ? decoded(given, encoding)
        : given;
  }
  if (name === 'toString' || name === 'trim') return textOfExpression(callee.object, depth + 1);
  if (name === 'join' && callee.object.type === 'ArrayExpression') {
    const parts = callee.object.elements.map((element) => element && textOfExpression(element, depth + 1));
    return parts.every((part) => typeof part === 'string') ? parts.join(given ?? ',') : undefined;
  }
  return undefined;
}

function decoded(text: string, encoding: 'base64' | 'hex'): string | undefined {
  const plain = Buffer.from(text, encoding).toString('utf8');
  return /^[\u0020-\u007e\n]+$/.test(plain) ? plain : text;
}

/** What a node is called: the last part of `config.jwt.secret`, `process.env['JWT_SECRET']`, `'x-api-key'`; undefined where it has no name. */
export function nameOf(node: Node | null | undefined): string | undefined {
  switch (node?.type) {
    case 'Identifier':
    case 'PrivateName':
      return node.type === 'Identifier' ? node.name : node.id.name;
    case 'StringLiteral':
      return node.value;
    case 'JSXIdentifier':
      return node.name;
    case 'MemberExpression':
    case 'OptionalMemberExpression': {
      if (node.computed && node.property.type !== 'StringLiteral') return undefined;
      const last = nameOf(node.property);
      const owner =
        node.object.type === 'MemberExpression' || node.object.type === 'Identifier' ? nameOf(node.object) : undefined;
      // "secret" alone says little; what it belongs to says whose it is.
      return last !== undefined && owner !== undefined && /^(?:secret|key|secretKey|pass)$/.test(last)
        ? `${owner}.${last}`
        : last;
    }
    case 'TSNonNullExpression':
    case 'TSAsExpression':
    case 'AwaitExpression':
    case 'UnaryExpression':
      return nameOf(
        node.type === 'AwaitExpression' || node.type === 'UnaryExpression' ? node.argument : node.expression,
      );
    case 'CallExpression':
      return readerName(node);
    default:
      return undefined;
  }
}

/** `config.get('JWT_SECRET')`, `Deno.env.get('X')`, `getEnv('X')`, `value.trim()`. */
function readerName(node: Extract<Node, { type: 'CallExpression' }>): string | undefined {
  const [first] = node.arguments;
  if (first?.type === 'StringLiteral') return first.value;
  return node.callee.type === 'MemberExpression' && node.arguments.length === 0
    ? nameOf(node.callee.object)
    : undefined;
}
