import { applySpans, type SpanEdit } from '../spans.ts';
import { planFor, type Step } from './plan.ts';
import { movedInto, nothing, together, type Preload, type Preloaded } from './preload.ts';

/** Makes a command line load a module before the app: a script of package.json, a line of a Procfile, the shell form of a Dockerfile. */
export function commandWithPreload(text: string, preload: Preload): Preloaded {
  const parts: Preloaded[] = [];
  const edits: SpanEdit[] = [];
  let here: Preload | undefined = preload;
  for (const words of commandsIn(text)) {
    const values = words.map(({ value }) => value);
    if (/^(?:cd|pushd)$/.test(values[0] ?? '')) {
      here = here && movedInto(here, values[1] ?? '');
      continue;
    }
    const plan = here ? planFor(values, here, commandWithPreload) : elsewhere(values, preload);
    if (plan.kind !== 'steps') parts.push(plan);
    else {
      const made = plan.steps.map((step) => editOf(step, words));
      if (made.includes(undefined)) parts.push({ kind: 'none', why: 'its quotes leave no room for another option' });
      else {
        parts.push({ kind: 'text', text });
        edits.push(...made.filter((edit) => edit !== undefined));
      }
    }
  }
  return together(parts, applySpans(text, edits), nothing);
}

/** After a `cd` to somewhere that is not written out. */
function elsewhere(words: readonly string[], preload: Preload): Exclude<Preloaded, { kind: 'text' }> {
  const plan = planFor(words, preload, commandWithPreload);
  return plan.kind === 'none' ? plan : { kind: 'none', why: 'in which folder it starts the app is not clear' };
}

/** A word of a command line, without its quotes, and where it stands. */
interface Word {
  readonly value: string;
  readonly start: number;
  readonly end: number;
  /** The quote around all of it, `\"` where the text is itself quoted; '' for none. */
  readonly quote: string;
}

function editOf(step: Step, words: readonly Word[]): SpanEdit | undefined {
  const word = words[step.index];
  const why = 'loads a module before the app';
  if (!word) return undefined;
  if (step.kind === 'after') {
    const added = step.words.map((one) => (/\s/.test(one) ? `"${one}"` : one));
    return { start: word.end, end: word.end, text: ` ${added.join(' ')}`, why };
  }
  if (step.kind === 'before') return { start: word.start, end: word.start, text: `${step.words.join(' ')} `, why };
  const quote = word.quote || (/\s/.test(step.word) ? '"' : '');
  const name = /^[A-Za-z_-][\w-]*=/.exec(word.value)?.[0];
  const whole =
    word.quote === '' && name !== undefined && step.word.startsWith(name)
      ? `${name}${quote}${step.word.slice(name.length)}${quote}`
      : `${quote}${step.word}${quote}`;
  if (quote !== '' && step.word.includes(quote)) return undefined;
  return { start: word.start, end: word.end, text: whole, why };
}

const operator = /^(?:&&|\|\||;|\||&(?!>)|\r?\n|\(|\))/;

/** The commands of a line, as words with their places. What `$(…)` gives stays a part of its word. */
function commandsIn(text: string): Word[][] {
  const commands: Word[][] = [[]];
  let at = 0;
  while (at < text.length) {
    const rest = text.slice(at);
    const ends = operator.exec(rest)?.[0];
    const blank = /^(?:[^\S\r\n]|\\\r?\n)+/.exec(rest)?.[0];
    if (ends !== undefined) {
      commands.push([]);
      at += ends.length;
    } else if (blank !== undefined) at += blank.length;
    else {
      const word = wordAt(text, at);
      commands.at(-1)?.push(word);
      at = word.end;
    }
  }
  return commands.filter(({ length }) => length > 0);
}

function wordAt(text: string, start: number): Word {
  let value = '';
  let at = start;
  let quotes = 0;
  let quote = '';
  while (at < text.length) {
    const rest = text.slice(at);
    const piece =
      /^\$\([^)]*\)/.exec(rest)?.[0] ??
      /^(\\?["'])([^]*?)\1/.exec(rest)?.[0] ??
      /^(?:[<>]&\d?|&>|\\[^]|[^\s;&|()"'\\])/.exec(rest)?.[0];
    if (piece === undefined) break;
    const opened = /^\\?["']/.exec(piece)?.[0];
    if (opened !== undefined && piece.length > opened.length) {
      quotes++;
      quote = opened;
      value += piece.slice(opened.length, -opened.length);
    } else value += piece.startsWith('\\') ? piece.slice(1) : piece;
    at += piece.length;
  }
  const all = quotes === 1 && text.slice(start, at) === quote + value + quote;
  return { value, start, end: Math.max(at, start + 1), quote: all ? quote : '' };
}
