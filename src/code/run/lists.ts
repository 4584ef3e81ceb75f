import { choose } from './fork.ts';
import { invoke } from './invoke.ts';
import type { Run } from './run.ts';
import { equality, truthOf } from './truth.ts';
import {
  constant,
  either,
  list,
  nothing,
  textOfValue,
  undefinedValue,
  unknown,
  type List,
  type Site,
  type Value,
} from './values.ts';

/** Longer lists are not walked item by item. */
const longest = 500;

/** What a method of a list gives; undefined where it is not known. */
export function callOnList(
  run: Run,
  called: List,
  name: string,
  given: readonly Value[],
  site: Site,
): Value | undefined {
  const of = run.strict && called.fills ? { ...called, open: true } : called;
  const [first] = given;
  if (/^(?:push|unshift)$/.test(name)) return added(run, of, name, given, site);
  if (/^(?:splice|pop|shift|sort|reverse|fill)$/.test(name)) {
    run.host.changed?.(run, of, site);
    if (!run.strict && name !== 'sort' && name !== 'reverse') of.open = true;
    return name === 'sort' || name === 'reverse' ? of : unknown('what was in a list');
  }
  if (first && (first.kind === 'function' || first.kind === 'method'))
    return withFunction(run, of, name, first, given, site);
  switch (name) {
    case 'includes':
    case 'indexOf':
      return contains(run, of, first, name);
    case 'concat':
      return list(
        [...of.items, ...given.flatMap((value) => (value.kind === 'list' ? value.items : [value]))],
        of.open || given.some((value) => value.kind === 'list' && value.open),
      );
    case 'slice':
      return list(of.items, of.open);
    case 'flat':
      return list(
        of.items.flatMap((value) => (value.kind === 'list' ? value.items : [value])),
        of.open,
      );
    case 'join':
      return joined(of, given);
    case 'entries':
      return list(
        of.items.map((item, index) => list([constant(index), item])),
        of.open,
      );
    case 'values':
      return of;
    case 'keys':
      return list(
        of.items.map((_, index) => constant(index)),
        of.open,
      );
    case 'at':
      return of.open ? unknown('an item of a list') : (of.items[0] ?? undefinedValue);
    case 'filter':
      // `filter(Boolean)`
      return list(
        of.items.filter((item) => truthOf(item) !== false),
        of.open,
      );
    default:
      return undefined;
  }
}

function added(run: Run, of: List, name: string, given: readonly Value[], site: Site): Value {
  run.host.changed?.(run, of, site);
  if (run.strict) return unknown('the length of a list');
  if (name === 'push') of.items.push(...given);
  else of.items.unshift(...given);
  return constant(of.items.length);
}

function joined(of: List, [separator]: readonly Value[]): Value {
  const texts = of.items.map((item) => (item.kind === 'constant' ? String(item.value) : undefined));
  const between = separator ? textOfValue(separator) : ',';
  if (of.open || between === undefined || texts.includes(undefined)) return unknown('a joined text');
  return constant(texts.join(between));
}

function contains(run: Run, of: List, wanted: Value | undefined, name: string): Value {
  const answers = of.items.map((item) => (wanted ? equality(run, item, wanted) : false));
  const at = answers.indexOf(true);
  if (at !== -1 && !answers.slice(0, at).includes(undefined)) return constant(name === 'includes' ? true : at);
  if (wanted?.kind === 'nothing') return constant(name === 'includes' ? false : -1);
  if (of.open || answers.includes(undefined))
    return unknown('whether a list has something', wanted?.kind === 'unknown' ? wanted.source : undefined);
  return constant(name === 'includes' ? false : -1);
}

function withFunction(
  run: Run,
  of: List,
  name: string,
  callback: Value,
  given: readonly Value[],
  site: Site,
): Value | undefined {
  const items = of.items.slice(0, longest);
  const call = (item: Value, index: number): Value => invoke(run, callback, [item, constant(index), of], site);
  const open = of.open ? [unknown('an item of a list')] : [];
  switch (name) {
    case 'forEach':
      items.forEach(call);
      if (of.open) maybe(run, () => call(unknown('an item of a list'), 0));
      return undefinedValue;
    case 'map':
      return list(items.map(call), of.open);
    case 'flatMap':
      return list(
        items.map(call).flatMap((value) => (value.kind === 'list' ? value.items : [value])),
        of.open,
      );
    case 'filter':
      return list(
        items.filter((item, index) => truthOf(call(item, index)) !== false),
        of.open,
      );
    case 'reduce':
      return items.reduce(
        (sum, item, index) => invoke(run, callback, [sum, item, constant(index), of], site),
        given[1] ?? undefinedValue,
      );
    default:
      return searched(name, [...items, ...open], call);
  }
}

/** `find`, `some`, `every`: what is known when each item tells for sure. */
function searched(
  name: string,
  items: readonly Value[],
  call: (item: Value, index: number) => Value,
): Value | undefined {
  const answers = items.map((item, index) => truthOf(call(item, index)));
  const possible = items.filter((_, index) => answers[index] !== false);
  const sure = answers.includes(true);
  if (name === 'some')
    return sure ? constant(true) : possible.length === 0 ? constant(false) : unknown('a search in a list');
  if (name === 'every')
    return answers.includes(false)
      ? constant(false)
      : answers.includes(undefined)
        ? unknown('a test of a list')
        : constant(true);
  if (name === 'find' || name === 'findLast') {
    if (possible.length === 0) return nothing;
    return sure && answers.indexOf(true) === answers.findIndex((answer) => answer !== false)
      ? (items[answers.indexOf(true)] ?? undefinedValue)
      : either([...possible, undefinedValue]);
  }
  return name === 'findIndex' ? (possible.length === 0 ? constant(-1) : unknown('a place in a list')) : undefined;
}

function maybe(run: Run, call: () => Value): void {
  choose(run, [call, (): Value => undefinedValue]);
}
