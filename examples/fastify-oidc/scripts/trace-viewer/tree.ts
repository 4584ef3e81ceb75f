// Draws a trace as a tree: one line per step, with its result, how long it took, and when within the whole.
import { styleText } from 'node:util';
import type { Span } from './spans.ts';
import type { Trace } from './traces.ts';

type Style = Parameters<typeof styleText>[0];

interface Window {
  readonly start: number;
  readonly duration: number;
}

const barWidth = 20;

/** The lines of a trace, none wider than `columns`. */
export function drawTrace({ spans }: Trace, columns: number): string[] {
  const known = new Set(spans.map(({ id }) => id));
  const childrenOf = (parent: Span): Span[] => spans.filter((span) => span.parent === parent.id);
  return spans
    .filter(({ parent }) => !known.has(parent ?? ''))
    .flatMap((root) =>
      drawSpan(root, childrenOf, { first: clockTime(root.start), rest: ' '.repeat(9) }, root, columns),
    );
}

interface Indent {
  readonly first: string;
  readonly rest: string;
}

function drawSpan(
  span: Span,
  childrenOf: (parent: Span) => Span[],
  indent: Indent,
  whole: Window,
  columns: number,
): string[] {
  const children = childrenOf(span);
  const below = children.flatMap((child, index) => {
    const [branch, trunk] = index === children.length - 1 ? ['└─ ', '   '] : ['├─ ', '│  '];
    return drawSpan(child, childrenOf, { first: indent.rest + branch, rest: indent.rest + trunk }, whole, columns);
  });
  const errors = span.events
    .filter(({ name }) => name === 'exception')
    .map(({ attributes }) => `${attributes['exception.type']}: ${attributes['exception.message']}`)
    .map((error) => paint('red', fit(`${indent.rest}✗ ${printable(error)}`, columns)));
  return [drawLine(span, indent.first, whole, columns), ...errors, ...below];
}

function drawLine(span: Span, indent: string, whole: Window, columns: number): string {
  const status = span.attributes['http.response.status_code'] ?? (span.kind === 'internal' ? ' · ' : '---');
  const bar = columns >= 72 ? ` ${drawBar(span, whole)}` : '';
  const room = columns - indent.length - status.length - 12 - bar.length;
  const title = fit(printable(titleOf(span)), room).padEnd(room);
  return [
    paint('dim', indent),
    paint(styleOf(span), status),
    ` ${span.kind === 'server' ? paint('bold', title) : title} `,
    duration(span.duration).padStart(9),
    paint(styleOf(span), bar),
  ].join('');
}

/** The route where there is one; else what was asked for. */
function titleOf({ name, kind, attributes }: Span): string {
  const url = kind === 'client' ? attributes['url.full']?.replace(/^\w+:\/\//, '') : attributes['url.path'];
  return url === undefined || attributes['http.route'] !== undefined ? name : `${name} ${url}`;
}

function drawBar(span: Span, whole: Window): string {
  const scale = whole.duration > 0 ? barWidth / whole.duration : 0;
  const from = Math.min(barWidth - 1, Math.max(0, Math.round((span.start - whole.start) * scale)));
  const length = Math.min(barWidth - from, Math.max(1, Math.round(span.duration * scale)));
  return ' '.repeat(from) + '━'.repeat(length) + ' '.repeat(barWidth - from - length);
}

function styleOf({ error, attributes }: Span): Style {
  if (error) return 'red';
  return Number(attributes['http.response.status_code'] ?? 0) >= 400 ? 'yellow' : 'green';
}

function paint(style: Style, text: string): string {
  return styleText(style, text, { stream: process.stdout });
}

/** `13:45:02 `, in the time zone of this machine. */
function clockTime(milliseconds: number): string {
  return `${new Date(milliseconds).toTimeString().slice(0, 8)} `;
}

/** `12.4 ms` or `1.25 s`. */
function duration(milliseconds: number): string {
  return milliseconds < 1_000 ? `${milliseconds.toFixed(1)} ms` : `${(milliseconds / 1_000).toFixed(2)} s`;
}

function fit(text: string, room: number): string {
  return text.length <= room ? text : `${text.slice(0, Math.max(0, room - 1))}…`;
}

/** Without control characters: what a stranger sends must not steer the terminal. */
export function printable(text: string): string {
  return text.replaceAll(/[\p{Cc}\p{Cf}]/gu, ' ');
}
