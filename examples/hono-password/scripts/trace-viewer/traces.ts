// Keeps the latest traces in memory, never more than a few hundred.
import type { Span } from './spans.ts';

/** Everything that happened for one request. */
export interface Trace {
  readonly id: string;
  readonly spans: readonly Span[];
}

const mostTraces = 300;
const mostSpans = 500; // of one trace

/** A store of traces, the oldest of which are forgotten. */
export function createTraces(): { add(spans: readonly Span[]): readonly Trace[]; all(): readonly Trace[] } {
  const traces = new Map<string, Span[]>();

  const addSpan = (span: Span): void => {
    const spans = traces.get(span.traceId) ?? [];
    if (spans.length < mostSpans) spans.push(span);
    traces.delete(span.traceId); // so that it becomes the newest
    traces.set(span.traceId, spans);
  };
  const forget = (): void => {
    for (const id of [...traces.keys()].slice(0, -mostTraces)) traces.delete(id);
  };
  const read = (id: string): Trace => ({ id, spans: inOrder(traces.get(id) ?? []) });

  return {
    /** Gives back the traces that have changed. */
    add(spans) {
      spans.forEach(addSpan);
      forget();
      return [...new Set(spans.map(({ traceId }) => traceId))].map(read);
    },
    all: () => [...traces.keys()].map(read),
  };
}

/** Parents before their children; the caller's span, which is not ours, counts as no parent. */
function inOrder(spans: readonly Span[]): Span[] {
  const known = new Set(spans.map(({ id }) => id));
  const childrenOf = (parent: string | undefined): Span[] =>
    spans
      .filter((span) => (known.has(span.parent ?? '') ? span.parent : undefined) === parent)
      .toSorted((left, right) => left.start - right.start);
  const withChildren = (span: Span): Span[] => [span, ...childrenOf(span.id).flatMap(withChildren)];
  return childrenOf(undefined).flatMap(withChildren);
}
