import { stripVTControlCharacters } from 'node:util';
import type { Running } from '../../boot/running.ts';
import { printable } from '../../repository/printable.ts';
import { maskSecrets } from '../../secrets/mask.ts';

/** Where a copy lies tells nobody anything. */
const inCopy = /(?:file:\/\/)?[^\s'"`(]*[\\/]shipshape-boot-\w+[\\/][^\\/\s'"`]+[\\/]/g;
const mostLines = 30;

/** The last lines that an app printed, with nothing in them that could be a secret. */
export function tailOf(running: Running): string {
  const { out, error } = running.output();
  return lastLinesOf(`${out}\n${error}`);
}

/** The last lines of an output, masked before they are cut. */
export function lastLinesOf(output: string): string {
  const plain = stripVTControlCharacters(output).replaceAll(inCopy, '');
  const lines = maskSecrets(plain).trim().split('\n');
  return lines.slice(-mostLines).map(printable).join('\n');
}

const saysWhy =
  /(?:^|\s)\w*Error: |ECONNREFUSED|is (?:missing|required)|\berror TS\d+|\bnot ok \d|^\s*(?:✕|✖|×|●) |AssertionError/;

/** The line that tells what went wrong, where one does; else the last. */
export function tellingLine(tail: string): string {
  const lines = tail.split('\n').filter((line) => line.trim() !== '');
  const telling = lines.find((line) => saysWhy.test(line));
  return (telling ?? lines.at(-1) ?? '').trim();
}
