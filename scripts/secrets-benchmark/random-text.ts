import { createHash } from 'node:crypto';

/** Numbers below 1 in a fixed disorder, so that a benchmark gives the same table twice. */
export function chance(seed: string): () => number {
  let state = createHash('sha256').update(seed).digest().readUInt32LE(0);
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

const classes: Readonly<Record<string, string>> = {
  d: '0123456789',
  w: 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_',
  s: ' ',
  alnum: 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789',
};

/** A text that a regular expression matches, chosen at random. Throws where the expression uses what is not known here. */
export function textMatching(expression: string, next: () => number): string {
  let at = 0;
  const pick = <Item>(items: ArrayLike<Item>): Item => items[Math.floor(next() * items.length)] as Item;

  function alternatives(): string {
    const made = [sequence()];
    while (expression[at] === '|') {
      at++;
      made.push(sequence());
    }
    return pick(made);
  }

  function sequence(): string {
    let made = '';
    while (at < expression.length && expression[at] !== ')' && expression[at] !== '|') made += repeated();
    return made;
  }

  function repeated(): string {
    const start = at;
    let made = atom();
    const end = at;
    const [whole, least, comma, most] = /^(?:\{(\d+)(,?)(\d*)\}|[*+?])\??/.exec(expression.slice(at)) ?? [];
    if (whole === undefined) return made;
    at += whole.length;
    const after = at;
    const from = least === undefined ? (whole.startsWith('+') ? 1 : 0) : Number(least);
    const to = least === undefined ? (whole.startsWith('?') ? 1 : from + 8) : comma ? Number(most || from + 8) : from;
    const count = from + Math.floor(next() * (Math.min(to, from + 24) - from + 1));
    made = '';
    for (let index = 0; index < count; index++) {
      at = start;
      made += atom();
      if (at !== end) throw new Error('an expression that changes while it is read');
    }
    at = after;
    return made;
  }

  function atom(): string {
    const character = expression[at++];
    if (character === '(') return group();
    if (character === '[') return pick(set());
    if (character === '.') return pick(classes['alnum'] ?? '');
    if (character === '\\') return escaped();
    if (character === '^' || character === '$') return '';
    return character ?? '';
  }

  function group(): string {
    const [flags = ''] = /^\?(?:[a-z]*:|P?<\w+>|[a-z]+\))/.exec(expression.slice(at)) ?? [];
    at += flags.length;
    if (flags.endsWith(')')) return '';
    if (expression[at] === '?') throw new Error('a look around');
    const made = alternatives();
    at++;
    return made;
  }

  function escaped(): string {
    const character = expression[at++] ?? '';
    if (character === 'x') {
      const code = expression.slice(at, at + 2);
      at += 2;
      return String.fromCodePoint(parseInt(code, 16));
    }
    if (character === 'b' || character === 'z') return '';
    return classes[character] ? pick(classes[character]) : character;
  }

  function set(): string {
    let members = '';
    if (expression[at] === '^') throw new Error('a class of what is left out');
    for (let first = true; expression[at] !== ']' || first; first = false) {
      if (at >= expression.length) throw new Error('a class without an end');
      const [named, name = ''] = /^\[:(\w+):\]/.exec(expression.slice(at)) ?? [];
      if (named) {
        members += classes[name] ?? '';
        at += named.length;
        continue;
      }
      const from = member();
      if (expression[at] === '-' && expression[at + 1] !== ']' && from.length === 1) {
        at++;
        const to = member();
        for (let code = from.codePointAt(0) ?? 0; code <= (to.codePointAt(0) ?? 0); code++)
          members += String.fromCodePoint(code);
      } else members += from;
    }
    at++;
    return members;
  }

  function member(): string {
    const character = expression[at++] ?? '';
    if (character !== '\\') return character;
    const second = expression[at++] ?? '';
    return classes[second] ?? second;
  }

  const made = alternatives();
  if (at < expression.length) throw new Error('an expression with a part that is not known');
  return made;
}
