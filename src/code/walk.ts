import type { Node } from '@babel/types';

/** Called for each node, outermost first, with the nodes around it (the nearest last). `'skip'` leaves out what is inside. */
export type Visit = (node: Node, around: readonly Node[]) => 'skip' | void;

/** Visits a node and everything inside it, in the order of the text. Does not use the call stack: nesting may be as deep as it likes. */
export function walk(root: Node, visit: Visit): void {
  const around: Node[] = [];
  const stack: (Node | undefined)[] = [root];
  while (stack.length > 0) {
    const next = stack.pop();
    if (next === undefined) around.pop();
    else if (visit(next, around) !== 'skip') {
      around.push(next);
      // Where it stands on the stack, everything inside the node has been seen.
      stack.push(undefined);
      pushChildren(next, stack);
    }
  }
}

/** Every node of these types inside `root`, in the order of the text. */
export function nodesOf<Type extends Node['type']>(root: Node, ...types: Type[]): Extract<Node, { type: Type }>[] {
  const found = root.type === 'File' ? fromIndex(indexOf(root), types) : search(root, new Set(types));
  return found as Extract<Node, { type: Type }>[];
}

function search(root: Node, wanted: ReadonlySet<string>): Node[] {
  const found: Node[] = [];
  const stack: Node[] = [root];
  for (let next = stack.pop(); next !== undefined; next = stack.pop()) {
    if (wanted.has(next.type)) found.push(next);
    pushChildren(next, stack);
  }
  return found;
}

/** The nodes of one type, and where each comes in the order of the text. */
interface OfType {
  readonly nodes: Node[];
  readonly places: number[];
}

const indexes = new WeakMap<Node, ReadonlyMap<string, OfType>>();

/** Whole modules are asked many times: their nodes are sorted by type once. */
function indexOf(root: Node): ReadonlyMap<string, OfType> {
  const known = indexes.get(root);
  if (known) return known;
  const index = new Map<string, OfType>();
  const stack: Node[] = [root];
  let place = 0;
  for (let next = stack.pop(); next !== undefined; next = stack.pop()) {
    let ofType = index.get(next.type);
    if (!ofType) index.set(next.type, (ofType = { nodes: [], places: [] }));
    ofType.nodes.push(next);
    ofType.places.push(place++);
    pushChildren(next, stack);
  }
  indexes.set(root, index);
  return index;
}

function fromIndex(index: ReadonlyMap<string, OfType>, types: readonly string[]): Node[] {
  const [first, ...others] = [...new Set(types)].flatMap((type) => index.get(type) ?? []);
  if (!first) return [];
  if (others.length === 0) return [...first.nodes];
  return [first, ...others]
    .flatMap(({ nodes, places }) => nodes.map((node, at) => ({ node, place: places[at] ?? 0 })))
    .toSorted((one, other) => one.place - other.place)
    .map(({ node }) => node);
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
  pushChildren(node, children);
  return children.toReversed();
}

/** Puts the nodes directly inside a node on a stack, the first one on top. */
function pushChildren(node: Node, stack: (Node | undefined)[]): void {
  const bottom = stack.length;
  for (const key in node) {
    const value: unknown = (node as unknown as Record<string, unknown>)[key];
    if (typeof value !== 'object' || value === null || notChildren.has(key)) continue;
    if (Array.isArray(value)) {
      for (const child of value) if (isNode(child)) stack.push(child);
    } else if (isNode(value)) stack.push(value);
  }
  for (let low = bottom, high = stack.length - 1; low < high; low++, high--) {
    const lower = stack[low];
    stack[low] = stack[high];
    stack[high] = lower;
  }
}

function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && typeof (value as { type?: unknown }).type === 'string';
}
