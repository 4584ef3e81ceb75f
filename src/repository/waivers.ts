import { findNodeAtLocation, getNodeValue, parseTree, type Node } from 'jsonc-parser';
import { person as personPattern } from '../answers/patterns.ts';
import { fact, type Repository } from './repository.ts';

/** A finding that somebody answers for, until a day. They stand in `waivers` of shipshape.json. */
export interface Waiver {
  /** The id of the rule. */
  readonly rule: string;
  /** The file, `file:line`, a folder that ends with `/`, or the key or the fingerprint of the finding; `*` for all places. */
  readonly place: string;
  readonly reason: string;
  readonly owner: string;
  /** YYYY-MM-DD, the last day it holds. */
  readonly until: string;
}

/** One entry of `waivers` as it stands in the file. */
export interface WrittenWaiver {
  /** Its line in shipshape.json. */
  readonly line: number;
  readonly waiver: Waiver;
  /** What is missing or not of the right kind, in plain words. Such a waiver waives nothing. */
  readonly problems: readonly string[];
}

const file = 'shipshape.json';

/** Every waiver of a repository; undefined where there is no file that could hold one. */
export const waiversOf = fact((repository: Repository): readonly WrittenWaiver[] | undefined => {
  const text = repository.read(file);
  if (text === undefined) return undefined;
  const root = parseTree(text, [], { allowTrailingComma: true });
  const list = root && findNodeAtLocation(root, ['waivers']);
  return (list?.children ?? []).map((node) => writtenWaiver(node, text));
});

/** True on the days after the last one. */
export function hasEnded({ until }: Waiver, today: Date): boolean {
  return until < today.toISOString().slice(0, 10);
}

function writtenWaiver(node: Node, text: string): WrittenWaiver {
  const value: unknown = getNodeValue(node);
  const entry = typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
  const textAt = (key: keyof Waiver): string => {
    const found = Object.hasOwn(entry, key) ? entry[key] : undefined;
    return typeof found === 'string' ? found.trim() : '';
  };
  const waiver: Waiver = {
    rule: textAt('rule'),
    place: textAt('place'),
    reason: textAt('reason'),
    owner: textAt('owner'),
    until: textAt('until'),
  };
  return { line: text.slice(0, node.offset).split('\n').length, waiver, problems: problemsOf(waiver) };
}

function problemsOf(waiver: Waiver): string[] {
  const { rule, place, reason, owner, until } = waiver;
  return [
    rule === '' ? 'it names no rule' : !/^[a-z]+\/[a-z-]+$/.test(rule) && 'its rule is no id such as auth/default-deny',
    place === '' && 'it names no place (a file, or * for all)',
    reason === '' && 'it gives no reason',
    owner === ''
      ? 'it names no owner'
      : !personPattern.test(owner) && 'its owner is neither a handle nor an e-mail address',
    until === '' ? 'it has no last day' : !isDay(until) && 'its last day is not a date such as 2027-03-01',
  ].filter((problem) => problem !== false);
}

function isDay(text: string): boolean {
  const date = new Date(`${text}T00:00:00Z`);
  return /^\d{4}-\d\d-\d\d$/.test(text) && !Number.isNaN(date.getTime()) && date.toISOString().startsWith(text);
}
