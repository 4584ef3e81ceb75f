import { parseTree, type Node } from 'jsonc-parser';

/** The cells of a Jupyter notebook as they were typed. */
export interface Cells {
  readonly text: string;
  /** An offset in `text` as an offset in the file. */
  placeOf(offset: number): number;
}

/** Reads sources and outputs of a notebook; undefined when the text is none. */
export function cellsOf(file: string): Cells | undefined {
  const tree = parseTree(file);
  const cells = tree && childOf(tree, 'cells');
  if (cells?.type !== 'array') return undefined;
  let text = '';
  const starts: { readonly inText: number; readonly inFile: number }[] = [];
  for (const line of cells.children?.flatMap(linesOf) ?? []) {
    starts.push({ inText: text.length, inFile: line.offset + 1 });
    const value = String(line.value);
    text += value.endsWith('\n') ? value : `${value}\n`;
  }
  return {
    text,
    placeOf: (offset) => {
      const line = starts.findLast(({ inText }) => inText <= offset);
      return line ? line.inFile + (offset - line.inText) : offset;
    },
  };
}

function linesOf(cell: Node): Node[] {
  const source = childOf(cell, 'source');
  const outputs = childOf(cell, 'outputs');
  return [...stringsIn(source), ...stringsIn(outputs)];
}

function stringsIn(node: Node | undefined): Node[] {
  if (!node) return [];
  if (node.type === 'string') return [node];
  if (node.type === 'property') return stringsIn(node.children?.[1]);
  return (node.children ?? []).flatMap(stringsIn);
}

function childOf(node: Node, name: string): Node | undefined {
  return node.children?.find((child) => child.children?.[0]?.value === name)?.children?.[1];
}
