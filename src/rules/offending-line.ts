import type { Node } from '@babel/types';
import { placeOf, type Module } from '../code/module.ts';
import type { Place } from '../repository/place.ts';

const longest = 160;

/** The line on which a node starts, as proof: trimmed, cut, and with long random-looking values masked. */
export function lineOf({ text }: Module, { start }: Node): string {
  const at = start ?? 0;
  const end = text.indexOf('\n', at);
  return shown(text.slice(text.lastIndexOf('\n', at - 1) + 1, end < 0 ? undefined : end));
}

/** A line of a file that is not code, as proof. */
export function shown(line: string): string {
  const masked = line
    .trim()
    .replaceAll(/(["'`])((?=[^"'`\s]*\d)(?=[^"'`\s]*[A-Za-z])[\w+/=.-]{20,})\1/g, (_, quote: string, value: string) =>
      [quote, value.slice(0, 3), '…', quote].join(''),
    );
  return masked.length > longest ? `${masked.slice(0, longest)}…` : masked;
}

/** Where a node is and what stands there. */
export function proofOf(module: Module, node: Node): { readonly where: Place; readonly evidence: string } {
  return { where: placeOf(module, node), evidence: lineOf(module, node) };
}
