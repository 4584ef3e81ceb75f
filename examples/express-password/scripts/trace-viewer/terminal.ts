// Shows traces as trees, and the log as short lines, in the terminal.
import { pathToFileURL } from 'node:url';
import { styleText } from 'node:util';
import type { Trace } from './traces.ts';
import { drawTrace, printable } from './tree.ts';

type Style = Parameters<typeof styleText>[0];

// Milliseconds until a trace is printed: its request ends last, and then a little more may follow.
const settleTime = 300;
const longestWait = 5_000;
const timers = new Map<string, NodeJS.Timeout>();
const styles: Readonly<Record<string, Style>> = { warn: 'yellow', error: 'red', fatal: 'red' };
const everyLine = new Set(['level', 'time', 'service', 'request_id', 'trace_id', 'span_id', 'msg', 'err', 'event']);

/** Where to look. */
export function showBanner(app: string, viewer: string): void {
  const line = (label: string, url: string, about: string): string =>
    `  ${paint('bold', label.padEnd(7))} ${paint('cyan', url.padEnd(23))} ${paint('dim', about)}`;
  print('');
  print(line('app', app, 'starts again when a file changes'));
  print(line('traces', viewer, 'every request, step by step'));
  print(`  ${paint('dim', 'Ctrl-C stops both.')}\n`);
}

/** Prints a trace as a tree once it is complete. */
export function showTrace(trace: Trace): void {
  clearTimeout(timers.get(trace.id));
  const draw = (): void => {
    timers.delete(trace.id);
    for (const line of drawTrace(trace, Math.min(process.stdout.columns ?? 100, 100))) print(line);
  };
  const isAnswered = trace.spans.some(({ kind }) => kind === 'server');
  timers.set(trace.id, setTimeout(draw, isAnswered ? settleTime : longestWait));
}

/** Prints a line of the app's output: a log line in short, unless its trace says the same; anything else as it is. */
export function showLogLine(line: string): void {
  const entry = readEntry(line);
  if (!entry) print(paint('dim', line));
  else if (entry.msg !== 'request' || !entry.trace_id) print(shorten(entry));
}

function readEntry(line: string): Record<string, unknown> | undefined {
  try {
    const entry: unknown = JSON.parse(line);
    return typeof entry === 'object' && entry !== null && 'level' in entry ? { ...entry } : undefined;
  } catch {
    return undefined;
  }
}

function shorten(entry: Record<string, unknown>): string {
  const { level, time, msg, err } = entry;
  const fields = Object.entries(entry)
    .filter(([name]) => !everyLine.has(name))
    .map(([name, value]) => `${name}=${typeof value === 'object' ? JSON.stringify(value) : String(value)}`);
  const words = [
    new Date(String(time)).toTimeString().slice(0, 8),
    String(level).padEnd(5),
    String(msg ?? ''),
    ...fields,
  ];
  return [words.join(' '), ...ownStack(err)]
    .map((line) => paint(styles[String(level)] ?? 'dim', printable(line)))
    .join('\n');
}

/** Where an error came from, as far as it is code of this project, and what caused it. */
function ownStack(error: unknown, label = ''): string[] {
  if (typeof error !== 'object' || error === null || !('stack' in error)) return [];
  const lines = String(error.stack).split('\n');
  const own = lines.filter((line) => !/^ +at .*(?:node_modules|node:)/.test(line));
  const shown = own.map((line) => line.replace(pathToFileURL(process.cwd()).href, '.'));
  const cause = 'cause' in error ? ownStack(error.cause, 'because of ') : [];
  return [...shown.map((line, index) => `  ${index === 0 ? label : ''}${line}`), ...cause];
}

function paint(style: Style, text: string): string {
  return styleText(style, text, { stream: process.stdout });
}

function print(text: string): void {
  process.stdout.write(`${text}\n`);
}
