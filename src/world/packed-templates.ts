import { readFileSync } from 'node:fs';
import type { Templates, Values } from '../flow/templates.ts';
import { folderLister } from './template-folders.ts';

/** A piece of a template: the bytes of a text, from and up to, or the name of the value that goes there. */
export type Piece = readonly [from: number, to: number] | string;

/** Path to the pieces of each template. */
export type PackIndex = Readonly<Record<string, readonly Piece[]>>;

/** The templates of an installed shipshape, packed by `npm run build`: one file to read, and only what is asked for is decoded. */
export function packedTemplates(file: string): Templates {
  const pack = readFileSync(file);
  const start = pack.indexOf('\n') + 1;
  const index = JSON.parse(pack.toString('utf8', 0, start)) as PackIndex;

  const render = (path: string, values: Values): string => {
    const pieces = index[path];
    if (pieces === undefined) throw new Error(`there is no template ${path}`);
    let text = '';
    for (const piece of pieces) {
      const named = typeof piece === 'string';
      text += named ? valueOf(piece, values, path) : pack.toString('utf8', start + piece[0], start + piece[1]);
    }
    return text;
  };
  return { list: folderLister(Object.keys(index)), render };
}

function valueOf(name: string, values: Values, path: string): string {
  const value = values[name];
  if (value === undefined || !Object.hasOwn(values, name)) throw new Error(`${path} names ${name}, which has no value`);
  return value;
}
