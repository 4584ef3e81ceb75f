import type { CallExpression, Expression, Node, OptionalCallExpression } from '@babel/types';

/** A call, with or without `?.`. */
export type Call = CallExpression | OptionalCallExpression;

/** An expression without what changes nothing about its value at run time: TypeScript casts, parentheses, `await`; of `(0, f)` the last. */
export function unwrapped(node: Node): Node {
  for (let inner = node; ;) {
    switch (inner.type) {
      case 'TSAsExpression':
      case 'TSSatisfiesExpression':
      case 'TSNonNullExpression':
      case 'TSTypeAssertion':
      case 'TSInstantiationExpression':
      case 'TypeCastExpression':
      case 'ParenthesizedExpression':
        inner = inner.expression;
        break;
      case 'AwaitExpression':
        inner = inner.argument;
        break;
      case 'SequenceExpression':
        inner = inner.expressions.at(-1) as Expression;
        break;
      default:
        return inner;
    }
  }
}

export function isCall(node: Node | null | undefined): node is Call {
  return node?.type === 'CallExpression' || node?.type === 'OptionalCallExpression';
}

/** The name after the last dot of a member access: `b` of `a.b`, `a?.b` and `a['b']`; undefined for anything else. */
export function memberNameOf(node: Node): string | undefined {
  if (node.type !== 'MemberExpression' && node.type !== 'OptionalMemberExpression') return undefined;
  const { property, computed } = node;
  if (!computed && property.type === 'Identifier') return property.name;
  if (property.type === 'PrivateName') return `#${property.id.name}`;
  return computed && property.type === 'StringLiteral' ? property.value : undefined;
}

/** What stands before the last dot of a member access. */
export function objectOf(node: Node): Node | undefined {
  if (node.type !== 'MemberExpression' && node.type !== 'OptionalMemberExpression') return undefined;
  return unwrapped(node.object);
}

/** The names of a dotted expression: `['process', 'env', 'PORT']`, with `this` as a name; undefined when a part is no plain name. */
export function dottedNamesOf(node: Node): readonly string[] | undefined {
  const plain = unwrapped(node);
  if (plain.type === 'Identifier') return [plain.name];
  if (plain.type === 'ThisExpression') return ['this'];
  const name = memberNameOf(plain);
  const object = objectOf(plain);
  const before = name !== undefined && object ? dottedNamesOf(object) : undefined;
  return before && name !== undefined ? [...before, name] : undefined;
}

/** What a call calls, as it is written with dots: `app.get`, `this.app.use`, `require`; undefined when it is no plain name. */
export function calleeNameOf(call: Call): string | undefined {
  return dottedNamesOf(call.callee)?.join('.');
}

/** True for anything that can be called with parameters and a body. */
export function isFunction(node: Node): node is FunctionNode {
  return functionTypes.has(node.type);
}

/** A function of any form. */
export type FunctionNode = Extract<
  Node,
  {
    type:
      | 'FunctionDeclaration'
      | 'FunctionExpression'
      | 'ArrowFunctionExpression'
      | 'ObjectMethod'
      | 'ClassMethod'
      | 'ClassPrivateMethod';
  }
>;

const functionTypes: ReadonlySet<string> = new Set([
  'FunctionDeclaration',
  'FunctionExpression',
  'ArrowFunctionExpression',
  'ObjectMethod',
  'ClassMethod',
  'ClassPrivateMethod',
]);

/** The name of a property, a method or a class member where it is written out. */
export function keyNameOf(member: { readonly key: Node; readonly computed?: boolean | null }): string | undefined {
  const { key, computed } = member;
  if (!computed && key.type === 'Identifier') return key.name;
  if (key.type === 'PrivateName') return `#${key.id.name}`;
  if (key.type === 'StringLiteral') return key.value;
  return key.type === 'NumericLiteral' ? String(key.value) : undefined;
}
