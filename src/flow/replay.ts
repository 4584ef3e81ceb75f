import { diffArrays } from 'diff';

/** A piece of a text: a line with its end, a word, an item of a list. */
type Token = string;

/** A place that differs: what stands at `at` is replaced. */
interface Hunk {
  readonly at: number;
  readonly remove: readonly Token[];
  readonly insert: readonly Token[];
}

/** A change that cannot be made without guessing. */
export interface Conflict {
  /** The index of the token in the text near which it would have been made. */
  readonly at: number;
  readonly remove: readonly Token[];
  readonly insert: readonly Token[];
}

/** What comes of a replay: the tokens, or everything that stands in its way. */
export type Replayed =
  | { readonly ok: true; readonly tokens: readonly Token[] }
  | { readonly ok: false; readonly conflicts: readonly Conflict[] };

/** Texts that have less in common than this are not compared further. In tokens. */
const farthest = 2000;

/**
 * Makes the change that leads from one text to another in a third, which began as the first and was edited since. Undoing a step
 * is replaying it backwards. What is replaced must stand there in one piece; neighbours may have changed. `loosely` is for files in
 * which every line stands for itself: of a block that goes, only what is still there goes.
 */
export function replay(
  from: readonly Token[],
  to: readonly Token[],
  onto: readonly Token[],
  loosely = false,
): Replayed {
  const places = placesIn(onto, from);
  const edits: Hunk[] = [];
  const conflicts: Conflict[] = [];
  for (const hunk of hunksBetween(from, to)) {
    const found = editsFor(hunk, from, onto, places, loosely);
    if (found) edits.push(...found);
    else conflicts.push({ ...hunk, at: nearestPlace(hunk.at, places) });
  }
  const inOrder = edits.toSorted((one, other) => one.at - other.at);
  const overlapping = inOrder.filter((edit, index) => {
    const next = inOrder[index + 1];
    return next !== undefined && edit.at + edit.remove.length > next.at;
  });
  if (conflicts.length + overlapping.length > 0) return { ok: false, conflicts: [...conflicts, ...overlapping] };
  return { ok: true, tokens: withEdits(onto, inOrder) };
}

function hunksBetween(from: readonly Token[], to: readonly Token[]): Hunk[] {
  const hunks: Hunk[] = [];
  let at = 0;
  let open: { at: number; remove: Token[]; insert: Token[] } | undefined;
  for (const { added, removed, value } of differences(from, to)) {
    if (!added && !removed) {
      open = undefined;
      at += value.length;
      continue;
    }
    if (!open) hunks.push((open = { at, remove: [], insert: [] }));
    (removed ? open.remove : open.insert).push(...value);
    if (removed) at += value.length;
  }
  return hunks;
}

/** Where each token of a text stands in another that was made from it; undefined for those that are gone. */
function placesIn(onto: readonly Token[], from: readonly Token[]): (number | undefined)[] {
  const places: (number | undefined)[] = [];
  let at = 0;
  for (const { added, removed, value } of differences(from, onto)) {
    for (const _ of value) if (!added) places.push(removed ? undefined : at++);
    if (added) at += value.length;
  }
  return places;
}

type Difference = { readonly added: boolean; readonly removed: boolean; readonly value: readonly Token[] };

function differences(from: readonly Token[], to: readonly Token[]): readonly Difference[] {
  const found = diffArrays([...from], [...to], { maxEditLength: farthest });
  return found ?? [from, to].map((value, index) => ({ removed: index === 0, added: index === 1, value }));
}

/** Where and how a hunk is made; an empty list where it has been made already, undefined where that cannot be told. */
function editsFor(
  { at, remove, insert }: Hunk,
  from: readonly Token[],
  onto: readonly Token[],
  places: readonly (number | undefined)[],
  loosely: boolean,
): Hunk[] | undefined {
  const placeOf = (index: number): number | undefined =>
    index < 0 ? -1 : index >= places.length ? onto.length : places[index];
  const left = placeOf(at - 1);
  const right = placeOf(at + remove.length);
  const between = left !== undefined && right !== undefined ? onto.slice(left + 1, right) : undefined;
  const start = remove.length > 0 ? wholePlace(remove, at, from, onto, places) : right;
  if (start !== undefined && (remove.length > 0 || left === start - 1)) return [{ at: start, remove, insert }];
  if (between && sameTokens(between, insert)) return [];
  if (insert.length === 0 && nothingBetween(at, at + remove.length, places, onto.length)) return [];
  if (!loosely || insert.length > 0) return undefined;
  return remove.flatMap((token, index): Hunk[] => {
    const place = places[at + index];
    return place === undefined ? [] : [{ at: place, remove: [token], insert: [] }];
  });
}

/** True when nothing stands any more where tokens stood: what was before them and what was after them has met. */
function nothingBetween(start: number, end: number, places: readonly (number | undefined)[], length: number): boolean {
  const left = places.slice(0, start).findLast((place) => place !== undefined) ?? -1;
  const right = places.slice(end).find((place) => place !== undefined) ?? length;
  return right === left + 1;
}

/** Where tokens stand in one piece: where they always stood, else the only place where they now stand. */
function wholePlace(
  tokens: readonly Token[],
  at: number,
  from: readonly Token[],
  onto: readonly Token[],
  places: readonly (number | undefined)[],
): number | undefined {
  const start = places[at];
  if (start !== undefined && tokens.every((_, index) => places[at + index] === start + index)) return start;
  const isPlain = tokens.every((token) => token.trim() === '' || token.trim().length < 3);
  if (isPlain || runsIn(from, tokens).length !== 1) return undefined;
  const runs = runsIn(onto, tokens);
  return runs.length === 1 ? runs[0] : undefined;
}

function runsIn(all: readonly Token[], tokens: readonly Token[]): number[] {
  return all.flatMap((_, start) => (tokens.every((token, index) => all[start + index] === token) ? [start] : []));
}

function nearestPlace(at: number, places: readonly (number | undefined)[]): number {
  for (let index = Math.min(at, places.length) - 1; index >= 0; index--) {
    const place = places[index];
    if (place !== undefined) return place + 1;
  }
  return 0;
}

function sameTokens(one: readonly Token[], other: readonly Token[]): boolean {
  return one.length === other.length && one.every((token, index) => token === other[index]);
}

function withEdits(onto: readonly Token[], edits: readonly Hunk[]): Token[] {
  const tokens = [...onto];
  for (const { at, remove, insert } of edits.toReversed()) tokens.splice(at, remove.length, ...insert);
  return tokens;
}
