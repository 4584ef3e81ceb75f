// Finds secrets that are written as texts in code: split into pieces, wrapped in base64, or given to a telling name.
import { child, children, type Node, nodesOf } from '../syntax.ts';

/** A text in code, with its name where it is given to one. */
export interface Literal {
  readonly start: number;
  readonly name: string | undefined;
  readonly text: string;
}

/** Every text of a source file, with pieces that are joined put together, and base64 undone. */
export function literalsOf(path: string, code: string): Literal[] {
  const nodes = nodesOf(path, code);
  const constants = new Map(nodes.filter(({ type }) => type === 'VariableDeclarator').map(constant));
  return nodes.flatMap((node) => {
    const text = textOf(node, constants);
    if (text === undefined || text === '') return [];
    const unwrapped = fromBase64(text);
    const texts = unwrapped === undefined ? [text] : [text, unwrapped];
    return texts.map((each) => ({ start: node.start, name: nameOf(node), text: each }));
  });
}

function constant(declarator: Node): [string, Node | undefined] {
  return [String(child(declarator, 'id')?.name ?? ''), child(declarator, 'init')];
}

type Constants = ReadonlyMap<string, Node | undefined>;

/** The text that a piece of code stands for, as far as that can be told without running it. */
function textOf(node: Node | undefined, constants: Constants, depth = 0): string | undefined {
  if (!node || depth > 20) return undefined;
  const inner = (part: Node | undefined): string | undefined => textOf(part, constants, depth + 1);
  switch (node.type) {
    case 'Literal':
      return typeof node.value === 'string' ? node.value : undefined;
    case 'Identifier':
      return depth > 0 ? inner(constants.get(String(node.name))) : undefined;
    case 'BinaryExpression':
      return node.operator === '+' ? joined([inner(child(node, 'left')), inner(child(node, 'right'))], '') : undefined;
    case 'TemplateLiteral':
      return joined(
        templateParts(node).map((part) => (typeof part === 'string' ? part : inner(part))),
        '',
      );
    case 'CallExpression':
      return calledText(node, inner);
    default:
      return undefined;
  }
}

/** `['a', 'b'].join('')` and `'a'.concat('b')`. */
function calledText(call: Node, inner: (part: Node | undefined) => string | undefined): string | undefined {
  const callee = child(call, 'callee');
  const [argument] = children(call, 'arguments');
  const object = child(callee, 'object');
  const method = child(callee, 'property')?.name;
  if (method === 'join' && object?.type === 'ArrayExpression')
    return joined(children(object, 'elements').map(inner), inner(argument) ?? ',');
  if (method === 'concat') return joined([inner(object), ...children(call, 'arguments').map(inner)], '');
  return undefined;
}

function templateParts(template: Node): (string | Node)[] {
  const values = children(template, 'expressions');
  return children(template, 'quasis').flatMap((quasi, index) => {
    const text = (quasi.value as { readonly cooked?: string }).cooked ?? '';
    const value = values[index];
    return value ? [text, value] : [text];
  });
}

function joined(parts: readonly (string | undefined)[], separator: string): string | undefined {
  return parts.includes(undefined) ? undefined : parts.join(separator);
}

/** What a text says when it is base64 of something readable. */
function fromBase64(text: string): string | undefined {
  if (text.length < 16 || !/^[\w+/-]+={0,2}$/.test(text)) return undefined;
  const bytes = Buffer.from(text, 'base64');
  return /^[\x20-\x7e\n]{12,}$/.test(bytes.toString('latin1')) ? bytes.toString('latin1') : undefined;
}

/** The name that a text is given to: a variable, a property, a parameter, a default, or the other side of a comparison. */
function nameOf(node: Node): string | undefined {
  const { parent } = node;
  switch (parent?.type) {
    case 'VariableDeclarator':
      return lastName(child(parent, 'id'));
    case 'Property':
    case 'PropertyDefinition':
      return lastName(child(parent, 'key'));
    case 'AssignmentExpression':
    case 'AssignmentPattern':
    case 'BinaryExpression':
      return lastName(child(parent, 'left')) ?? lastName(child(parent, 'right'));
    case 'LogicalExpression':
      return lastName(child(parent, 'left')) ?? nameOf(parent);
    case 'CallExpression':
    case 'NewExpression':
    case 'MemberExpression':
    case 'ConditionalExpression':
    case 'TSAsExpression':
    case 'TSSatisfiesExpression':
      return nameOf(parent);
    default:
      return undefined;
  }
}

function lastName(node: Node | undefined): string | undefined {
  if (node?.type === 'Identifier') return String(node.name);
  if (node?.type === 'Literal' && typeof node.value === 'string') return node.value;
  if (node?.type === 'MemberExpression') return lastName(child(node, 'property'));
  return undefined;
}
