import { parse, type ParserOptions, type ParserPlugin } from '@babel/parser';
import type { File } from '@babel/types';
import type { Module } from './module.ts';

/** The endings of code files. */
const codeFile = /\.(?:[cm]?[jt]sx?)$/;

export function isCode(path: string): boolean {
  return codeFile.test(path) && !/\.d\.[cm]?ts$/.test(path);
}

/** Why a file could not be parsed, with the line. */
export class NotParsed extends Error {}

/** Parses one code file, whatever dialect it is written in. Throws `NotParsed`. */
export function parseModule(path: string, text: string): Module {
  let first: unknown;
  const errorRecovery = !hasVeryManyLabels(text);
  for (const options of dialectsOf(path)) {
    try {
      return { path, text, tree: parse(text, { ...options, errorRecovery }) as File };
    } catch (error) {
      first ??= error;
    }
  }
  throw new NotParsed(first instanceof RangeError ? 'nested too deeply' : messageOf(first));
}

/** Ways to read a file, the most likely first. A failed one costs as much as a parse, so there are few. */
function dialectsOf(path: string): ParserOptions[] {
  const typed: ParserPlugin[] = /\.[cm]?ts$/.test(path) ? ['typescript'] : ['typescript', 'jsx'];
  const dialects: ParserPlugin[][] = /\.[cm]?tsx?$/.test(path)
    ? [
        [...typed, 'decorators-legacy'],
        [...typed, 'decorators'],
      ]
    : [
        ['jsx', 'decorators-legacy'],
        ['jsx', 'flow', 'decorators'],
        [...typed, 'decorators-legacy'],
      ];
  return dialects.map((plugins) => ({
    plugins,
    sourceType: 'unambiguous',
    locations: false,
    allowReturnOutsideFunction: true,
    allowAwaitOutsideFunction: true,
    allowImportExportEverywhere: true,
    allowUndeclaredExports: true,
    allowSuperOutsideMethod: true,
    allowNewTargetOutsideFunction: true,
    createParenthesizedExpressions: false,
    attachComment: false,
  }));
}

/** Each label that is there twice is an error for each one above it: a few thousand of them would fill the memory with errors. */
function hasVeryManyLabels(text: string): boolean {
  let count = 0;
  for (const _ of text.matchAll(/(?:^|[;{}:])\s*\w+\s*:(?!:)/gm))
    if ((count += 1) > 200) return /(?:^|[;{}:])\s*(\w+)\s*:\s*\1\s*:/m.test(text);
  return false;
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message.replaceAll(/\s+/g, ' ').slice(0, 200) : 'not code that we know';
}
