import { isDeepStrictEqual } from 'node:util';
import type { JSONPath } from 'jsonc-parser';
import { readJson, setJson } from '../tree/json.ts';
import { replay } from './replay.ts';

/** One value to be set, or taken out where it is undefined. */
interface Setting {
  readonly path: JSONPath;
  readonly value: unknown;
}

/**
 * Makes the change that leads from one JSON text to another in a third, key by key: values that nobody has touched since are set by span,
 * of a line of words only our words change, and whatever was added stays. Undefined where that is not possible without guessing.
 */
export function replayJson(from: string, to: string, now: string): string | undefined {
  const mark = now.startsWith('\uFEFF') ? '\uFEFF' : '';
  const text = now.slice(mark.length);
  const [first, second, third] = [from, to, text].map(valueOf);
  if (!isRecord(first) || !isRecord(second) || !isRecord(third)) return undefined;
  const settings = settingsBetween(first, second, third, []);
  return settings && mark + settings.reduce((result, { path, value }) => setJson(result, path, value), text);
}

type Json = Readonly<Record<string, unknown>>;

function settingsBetween(from: Json, to: Json, now: Json, path: JSONPath): Setting[] | undefined {
  const settings: Setting[] = [];
  for (const key of new Set([...Object.keys(from), ...Object.keys(to)])) {
    const [before, after, is] = [own(from, key), own(to, key), own(now, key)];
    if (isDeepStrictEqual(before, after) || isDeepStrictEqual(is, after)) continue;
    const found = settingsFor(before, after, is, [...path, key]);
    if (!found) return undefined;
    settings.push(...found);
  }
  return settings;
}

function settingsFor(before: unknown, after: unknown, is: unknown, path: JSONPath): Setting[] | undefined {
  if (isDeepStrictEqual(is, before)) return [{ path, value: after }];
  if (isRecord(is) && isRecord(before) && (isRecord(after) || after === undefined)) {
    const inside = settingsBetween(before, after ?? {}, is, path);
    return after === undefined && inside && empties(inside, is, path) ? [{ path, value: undefined }] : inside;
  }
  const value = mixed(before, after, is);
  return value === undefined ? undefined : [{ path, value }];
}

/** True when nothing is left in an object. */
function empties(settings: readonly Setting[], object: Json, path: JSONPath): boolean {
  const gone = settings.filter((setting) => setting.value === undefined && setting.path.length === path.length + 1);
  return gone.length === Object.keys(object).length;
}

/** Texts are taken word by word, lists of texts item by item. */
function mixed(before: unknown, after: unknown, is: unknown): unknown {
  if (typeof before === 'string' && typeof after === 'string' && typeof is === 'string') {
    const replayed = replay(wordsOf(before), wordsOf(after), wordsOf(is));
    return replayed.ok ? replayed.tokens.join('') : undefined;
  }
  if (!isTexts(before) || !isTexts(after ?? []) || !isTexts(is)) return undefined;
  const replayed = replay(before, (after ?? []) as string[], is, true);
  return replayed.ok ? replayed.tokens : undefined;
}

/** Words, and the spaces between them. */
function wordsOf(text: string): string[] {
  return text.match(/\s+|\S+/g) ?? [];
}

function isTexts(value: unknown): value is string[] {
  return Array.isArray(value) && value.every((item) => typeof item === 'string');
}

/** Only what stands in the object itself. */
function own(object: Json, key: string): unknown {
  return Object.hasOwn(object, key) ? object[key] : undefined;
}

function valueOf(text: string): unknown {
  try {
    return readJson(text.replace(/^\uFEFF/, ''));
  } catch {
    return undefined;
  }
}

function isRecord(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
