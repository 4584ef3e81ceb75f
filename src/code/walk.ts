import type { Node } from '@babel/types';

/** Called for each node, outermost first, with the nodes around it (the nearest last). `'skip'` leaves out what is inside. */
export type Visit = (node: Node, around: readonly Node[]) => 'skip' | void;

/** Visits a node and everything inside it, in the order of the text. Does not use the call stack: nesting may be as deep as it likes. */
export function walk(root: Node, visit: Visit): void {
  const around: Node[] = [];
  const stack: (Node | 'leave')[] = [root];
  for (let next = stack.pop(); next !== undefined; next = stack.pop()) {
    if (next === 'leave') {
      around.pop();
      continue;
    }
    if (visit(next, around) === 'skip') continue;
    around.push(next);
    stack.push('leave');
    const children = childrenOf(next);
    for (let index = children.length - 1; index >= 0; index--) stack.push(children[index] as Node);
  }
}

/** Every node of these types inside `root`. */
export function nodesOf<Type extends Node['type']>(root: Node, ...types: Type[]): Extract<Node, { type: Type }>[] {
  const found: Node[] = [];
  const wanted: ReadonlySet<string> = new Set(types);
  walk(root, (node) => {
    if (wanted.has(node.type)) found.push(node);
  });
  return found as Extract<Node, { type: Type }>[];
}

const notChildren = new Set([
  'loc',
  'extra',
  'leadingComments',
  'trailingComments',
  'innerComments',
  'comments',
  'errors',
  'tokens',
]);

/** The nodes directly inside a node, in the order of the text. */
export function childrenOf(node: Node): Node[] {
  const children: Node[] = [];
  for (const key in node) {
    if (notChildren.has(key)) continue;
    const value: unknown = (node as unknown as Record<string, unknown>)[key];
    if (Array.isArray(value)) {
      for (const child of value) if (isNode(child)) children.push(child);
    } else if (isNode(value)) children.push(value);
  }
  return children;
}

function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && typeof (value as { type?: unknown }).type === 'string';
}
