// Reads source code as a tree, so that tests judge what the code says and not how it is spelled.
import { extname } from 'node:path';
import { parseAst } from 'vitest/node';

/** One piece of code; `parent` is the piece that it is part of. */
export interface Node {
  readonly type: string;
  readonly start: number;
  readonly parent: Node | undefined;
  readonly [key: string]: unknown;
}

/** Every piece of a source file, from the outside in. Throws where the code cannot be read. */
export function nodesOf(path: string, code: string): Node[] {
  const kind = extname(path).replace(/^\.[cm]?/, '') as 'js' | 'jsx' | 'ts' | 'tsx';
  const nodes: Node[] = [];
  const collect = (value: unknown, parent: Node | undefined): void => {
    if (Array.isArray(value)) value.forEach((item) => collect(item, parent));
    else if (isNode(value)) {
      const node = { ...value, parent };
      nodes.push(node);
      for (const part of Object.values(value)) collect(part, node);
    }
  };
  collect(parseAst(code, { lang: kind }), undefined);
  return nodes;
}

/** Whether a path is source code that can be read as a tree. */
export function isCode(path: string): boolean {
  return /\.[cm]?[jt]sx?$/.test(path);
}

/** The line of an offset, from 1. */
export function lineAt(code: string, offset: number): number {
  return code.slice(0, offset).split('\n').length;
}

/** The child of a piece of code under a key. */
export function child(node: Node | undefined, key: string): Node | undefined {
  const value = node?.[key];
  return isNode(value) ? value : undefined;
}

/** The children of a piece of code under a key. */
export function children(node: Node, key: string): Node[] {
  const value = node[key];
  return Array.isArray(value) ? value.filter(isNode) : [];
}

function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && 'type' in value && typeof value.type === 'string';
}
