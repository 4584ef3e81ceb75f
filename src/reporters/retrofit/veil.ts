import { envEntriesOf } from '../../secrets/env-files.ts';
import { shapesToMask, spansToMask, type Span } from '../../secrets/mask.ts';
import { masked } from '../../secrets/masked.ts';
import { secretName } from '../../secrets/names.ts';
import { printable } from '../../repository/printable.ts';
import { shown } from '../../flow/shown.ts';
import type { RetrofitPlan } from '../../retrofit/plan.ts';
import { textOf } from '../../tree/content.ts';
import { afterOf, beforeOf } from '../../tree/step.ts';
import { goneLiterals } from './gone-literals.ts';

/** Lies over everything that a plan shows: no secret can be read through it. */
export interface Veil {
  /** A sentence of ours as it may be shown: known secrets and what looks like one are covered, whatever stands behind a name is not. */
  sentence(text: string): string;
  /** A line of code that stands alone, as it may be shown. */
  line(text: string): string;
  /** The lines of a file, each as it may be shown. `counterpart` is what a step that hides something leaves of it. */
  lines(path: string, text: string, counterpart?: string): readonly string[];
}

/** A veil that knows every value which this plan moves out of the code, whatever it looks like. */
export function veilOf({ steps, settings }: Pick<RetrofitPlan, 'steps' | 'settings'>): Veil {
  const names = new Set(settings.filter(({ secret }) => secret).map(({ name }) => name));
  const values = new Set<string>();
  for (const step of steps) {
    const [before, after] = [textOf(beforeOf(step)) ?? '', textOf(afterOf(step)) ?? ''];
    if (step.secret)
      for (const text of [before, after]) for (const value of secretValuesOf(text, names)) values.add(value);
    if (step.hides) for (const { text } of goneLiterals(step.path, before, after)) values.add(text);
  }
  return veilOver([...values]);
}

function veilOver(values: readonly string[]): Veil {
  const anywhere = values.flatMap(writings).filter(isUnmistakable);
  const inQuotes = values.flatMap(writings).filter((value) => value.length >= 4 && !isUnmistakable(value));
  const known = (text: string): Span[] => [
    ...anywhere.flatMap((value) => occurrences(text, value)),
    ...inQuotes.flatMap((value) => occurrences(text, value).filter((span) => isQuoted(text, span))),
  ];
  return {
    sentence: (text) => printable(coveredLines(text, [...shapesToMask(text), ...known(text)]).join('\n')),
    line: (text) => shown(coveredLines(text, known(text)).join('\n')),
    lines: (path, text, counterpart) => {
      const gone = counterpart === undefined ? [] : goneLiterals(path, text, counterpart);
      return coveredLines(text, [...spansToMask(text), ...known(text), ...gone]);
    },
  };
}

/** The values in a file of settings that are nobody's business: by their name, because the plan says so, or by the looks of them. */
function secretValuesOf(text: string, names: ReadonlySet<string>): string[] {
  const entries = envEntriesOf(text);
  const own = entries.filter(({ key }) => names.has(key) || secretName.test(key));
  const lines = text.split(/\r?\n/);
  const begun = new Set(entries.map(({ line }) => line));
  return [
    ...own.map(({ value }) => value),
    // A value with a hash in it is longer than a reader of settings may think.
    ...own.map(({ line, key }) =>
      bare(lines[line - 1]?.slice((lines[line - 1]?.indexOf(key) ?? 0) + key.length) ?? ''),
    ),
    ...[...text.matchAll(/:\/\/[^\s:@/'"`]*:([^\s'"`@/]+)@/g)].map(([, password = '']) => password),
    // The other lines of a value over several lines.
    ...lines.filter((line, index) => !begun.has(index + 1) && !/^\s*#/.test(line) && line.length >= 16),
  ].filter((value) => value !== '');
}

function bare(rest: string): string {
  return rest.replace(/^\s*=\s*["'`]?/, '').replace(/["'`]?\s*$/, '');
}

/** One value as it can stand in a text: as it is, line by line, with its quotes and breaks escaped, in an address. */
function writings(value: string): string[] {
  const escaped = JSON.stringify(value).slice(1, -1);
  const meant = value.replaceAll(/\\(["'`\\])/g, '$1');
  const lines = value.split(/\r?\n|\\n/).filter((line) => line.length >= 16 && !line.startsWith('-----'));
  return [...new Set([value, meant, escaped, escaped.replaceAll("'", "\\'"), inAddress(meant), ...lines])];
}

function inAddress(value: string): string {
  try {
    return encodeURIComponent(value);
  } catch {
    return value;
  }
}

/** True for a value that stands nowhere by chance: long, and no plain words. */
function isUnmistakable(value: string): boolean {
  return (
    value.length >= 8 && (/[\d!-,:-@[-^`{-~]/.test(value) || /[a-z][A-Z].*[a-z][A-Z]/.test(value) || value.length >= 24)
  );
}

function occurrences(text: string, value: string): Span[] {
  const found: Span[] = [];
  for (let at = text.indexOf(value); at !== -1; at = text.indexOf(value, at + value.length))
    found.push({ start: at, end: at + value.length });
  return found;
}

function isQuoted(text: string, { start, end }: Span): boolean {
  return /["'`=:@]\s?$/.test(text.slice(Math.max(0, start - 2), start)) && !/\w/.test(text[end] ?? '');
}

/** The lines of a text with spans covered: what is left of a secret are its first characters, on the line where it begins. */
function coveredLines(text: string, spans: readonly Span[]): string[] {
  let covered = '';
  let done = 0;
  for (const { start, end } of joinedSpans(spans)) {
    covered += text.slice(done, start);
    const [first = '', ...others] = text.slice(start, end).split('\n');
    covered += [others.length === 0 ? masked(first) : '…', ...others.map(() => '…')].join('\n');
    done = end;
  }
  return (covered + text.slice(done)).split('\n');
}

/** Spans that touch or overlap become one. */
function joinedSpans(spans: readonly Span[]): Span[] {
  const joined: { start: number; end: number }[] = [];
  for (const { start, end } of spans.toSorted((one, other) => one.start - other.start)) {
    const last = joined.at(-1);
    if (last && start <= last.end) last.end = Math.max(last.end, end);
    else if (end > start) joined.push({ start, end });
  }
  return joined;
}
