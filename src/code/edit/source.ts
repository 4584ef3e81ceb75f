import type { Module } from '../module.ts';
import { parseModule } from '../parse.ts';
import type { Style } from './style.ts';
import { styleOf } from './style.ts';

/** A code file that is going to be edited. */
export interface Source extends Module {
  readonly style: Style;
}

/** Reads a file for editing; a byte order mark is left aside. Throws `NotParsed`. */
export function sourceFrom(path: string, text: string, packageType?: string): Source {
  return sourceOf(parseModule(path, text.replace(/^\uFEFF/, '')), packageType);
}

/** The same for a module that is parsed already. */
export function sourceOf(module: Module, packageType?: string): Source {
  return { ...module, style: styleOf(module, packageType) };
}
