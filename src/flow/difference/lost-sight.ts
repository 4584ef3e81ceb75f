import { isCode } from '../../code/parse.ts';
import { recognitionFailures } from '../../frameworks/servers.ts';
import type { Place } from '../../repository/place.ts';
import type { NotRead, Repository } from '../../repository/repository.ts';
import type { Answer, JudgedRule } from '../judge.ts';

/** What could be looked at before a change and cannot be after it. */
export interface LostSight {
  readonly where: Place;
  readonly message: string;
}

/** Files that a change makes unreadable, and frameworks that cannot be looked for any more: nothing that is missing there was mended. */
export function lostSight(before: Repository, after: Repository): LostSight[] {
  for (const { path } of after.files) if (isChangedCode(path, before, after)) bothAsked(path, before, after);
  const earlier = new Set([...unread(before).map(({ path }) => path), ...recognitionFailures(before).map(keyOf)]);
  const files = unread(after).filter(({ path }) => !earlier.has(path) && isJudged(path, before, after));
  const byPath = new Map(files.map(({ path, why }) => [path, why]));
  return [
    ...[...byPath].map(([path, why]) => ({
      where: { path },
      message: `${path} ${before.file(path) ? 'could be read before and' : 'is new and'} cannot be read now (${why}), so what is in it is not known`,
    })),
    ...recognitionFailures(after)
      .filter((failure) => !earlier.has(keyOf(failure)))
      .map(({ where, why }) => ({ where, message: `which routes there are is not known any more: ${why}` })),
  ];
}

/** It stands behind every safeguard, so it is as bad as the worst of them. */
const rule: JudgedRule = {
  id: 'agent/guard-files-protected',
  title: 'What could be looked at can still be looked at.',
  weight: 'blocker',
  stage: 'prototype',
  measured: true,
};

/** As answers that say so. */
export function asUnknowns(lost: readonly LostSight[]): Answer[] {
  return lost.map(({ where, message }) => ({ rule, finding: { verdict: 'unknown', message, where } }));
}

function isChangedCode(path: string, before: Repository, after: Repository): boolean {
  return isCode(path) && isJudged(path, before, after) && before.read(path) !== after.read(path);
}

/** Nobody may have parsed it so far: what a file does not hold by its text, no rule asks for. */
function bothAsked(path: string, before: Repository, after: Repository): void {
  if (after.module(path) === undefined) before.module(path);
}

/** Files that are there and say nothing. */
function unread({ unparsed, notRead, read }: Repository): NotRead[] {
  return [...unparsed, ...notRead.filter(({ path }) => read(path) === undefined)];
}

/** Not a file that nobody judges, and of the new ones only code. */
function isJudged(path: string, before: Repository, after: Repository): boolean {
  const role = (after.file(path) ?? before.file(path))?.role;
  if (role === undefined || role === 'vendored' || role === 'fixture') return false;
  return before.file(path) !== undefined || role !== 'text';
}

function keyOf({ framework, where }: { framework: string; where: Place }): string {
  return `${framework} ${where.path}`;
}
