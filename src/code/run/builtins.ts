import { invoke } from './invoke.ts';
import { callOnList } from './lists.ts';
import { choose } from './fork.ts';
import type { Run } from './run.ts';
import {
  constant,
  either,
  list,
  optionsOf,
  textOfValue,
  undefinedValue,
  unknown,
  type Site,
  type Value,
} from './values.ts';

/** What a method of the language gives; undefined where it is not known. */
export function callBuiltIn(run: Run, of: Value, name: string, given: readonly Value[], site: Site): Value | undefined {
  switch (of.kind) {
    case 'list':
      return callOnList(run, of, name, given, site);
    case 'constant':
      return typeof of.value === 'string' ? onText(of.value, name, given) : undefined;
    case 'pattern':
      return onPattern(of.text, name, given);
    case 'function':
    case 'class':
    case 'method':
      return onFunction(run, of, name, given, site);
    case 'either':
      return choose(
        run,
        of.options.map((option) => () => callBuiltIn(run, option, name, given, site) ?? unknown(name)),
      );
    case 'record':
      if (name === 'hasOwnProperty' && textOfValue(given[0]) !== undefined && !of.open)
        return constant(of.entries.has(textOfValue(given[0]) ?? ''));
      return name === 'toString' ? unknown('the text of an object') : undefined;
    case 'nothing':
      return of;
    case 'unknown':
      return onUnknown(run, of, name, given, site);
    default:
      return undefined;
  }
}

function onFunction(run: Run, of: Value, name: string, given: readonly Value[], site: Site): Value | undefined {
  const [self, ...rest] = given;
  if (name === 'bind')
    return of.kind === 'function' ? { ...of, ...(self && { self }), bound: [...(of.bound ?? []), ...rest] } : of;
  if (name === 'call') return invoke(run, of.kind === 'function' && self ? { ...of, self } : of, rest, site);
  if (name !== 'apply') return undefined;
  const [all] = rest;
  return invoke(
    run,
    of.kind === 'function' && self ? { ...of, self } : of,
    all?.kind === 'list' ? all.items : [],
    site,
  );
}

function onText(text: string, name: string, given: readonly Value[]): Value | undefined {
  const [first, second] = given.map((value) =>
    value.kind === 'constant' && typeof value.value !== 'bigint' ? value.value : undefined,
  );
  const word = typeof first === 'string' ? first : undefined;
  switch (name) {
    case 'toString':
    case 'valueOf':
      return constant(text);
    case 'toLowerCase':
    case 'toUpperCase':
    case 'trim':
    case 'trimEnd':
    case 'trimStart':
      return constant(text[name]());
    case 'startsWith':
    case 'endsWith':
    case 'includes':
      return word === undefined ? undefined : constant(text[name](word));
    case 'indexOf':
      return word === undefined ? undefined : constant(text.indexOf(word));
    case 'concat':
      return word === undefined ? undefined : constant(text + word);
    case 'split':
      return word === undefined ? undefined : list(text.split(word).map((part) => constant(part)));
    case 'replace':
    case 'replaceAll':
      return replaced(text, given);
    case 'slice':
    case 'substring':
      return typeof first === 'number'
        ? constant(text[name](first, typeof second === 'number' ? second : undefined))
        : undefined;
    case 'match':
      return given[0]?.kind === 'pattern' ? matched(given[0].text, text) : undefined;
    default:
      return undefined;
  }
}

function replaced(text: string, [what, by]: readonly Value[]): Value | undefined {
  const replacement = textOfValue(by);
  if (replacement === undefined) return undefined;
  if (what?.kind === 'pattern') {
    const pattern = compiled(what.text);
    return pattern && constant(text.replace(pattern, replacement));
  }
  const word = textOfValue(what);
  return word === undefined ? undefined : constant(text.replace(word, replacement));
}

function onPattern(text: string, name: string, [given]: readonly Value[]): Value | undefined {
  const word = textOfValue(given);
  if (word === undefined) return given?.kind === 'unknown' ? unknown('a match', given.source) : undefined;
  if (name === 'exec') return groupsOf(text, word);
  return name === 'test' || name === 'exec' ? matched(text, word) : undefined;
}

/** What `exec` gives: the match and its groups, or null. */
function groupsOf(pattern: string, text: string): Value | undefined {
  const compiledPattern = compiled(pattern);
  if (!compiledPattern || text.length >= 500) return undefined;
  const found = compiledPattern.exec(text);
  return found
    ? list([...found].map((group: string | undefined) => (group === undefined ? undefinedValue : constant(group))))
    : constant(null);
}

function matched(pattern: string, text: string): Value | undefined {
  const compiledPattern = compiled(pattern);
  return compiledPattern && text.length < 500 ? constant(compiledPattern.test(text)) : undefined;
}

/** A regular expression of the repository, unless it could take long: one that repeats what repeats. */
export function compiled(text: string): RegExp | undefined {
  const [, source = '', flags = ''] = /^\/(.*)\/(\w*)$/s.exec(text) ?? [];
  if (source.length > 300 || /[+*}]\)?[^|]*\)[+*{]/.test(source)) return undefined;
  try {
    return new RegExp(source, flags.replace(/[gy]/g, ''));
  } catch {
    return undefined;
  }
}

/** A list of unknown items calls its functions, maybe, with something unknown. */
function onUnknown(
  run: Run,
  of: Extract<Value, { kind: 'unknown' }>,
  name: string,
  given: readonly Value[],
  site: Site,
): Value | undefined {
  if (!/^(?:forEach|map|filter|flatMap|some|every|find|reduce)$/.test(name)) return undefined;
  const [callback] = given;
  if (callback?.kind !== 'function') return undefined;
  const item = unknown('an item of a list that is not known', of.source);
  const result = choose(run, [
    (): Value => invoke(run, callback, [item, unknown('a place')], site),
    (): Value => undefinedValue,
  ]);
  if (name === 'map' || name === 'flatMap') return list(optionsOf(either([result])).slice(0, 1), true);
  return unknown(of.why, of.source);
}
