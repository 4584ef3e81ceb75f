import { applySpans, type SpanEdit } from '../spans.ts';
import { commandWithPreload } from './command.ts';
import { planFor } from './plan.ts';
import { together, type Preload, type Preloaded } from './preload.ts';

/** Makes what a Dockerfile starts load a module before the app: CMD and ENTRYPOINT, as a list or as a shell text. */
export function dockerfileWithPreload(text: string, preload: Preload): Preloaded {
  const parts: Preloaded[] = [];
  const edits: SpanEdit[] = [];
  for (const { start, end } of startsIn(text)) {
    const body = text.slice(start, end);
    const part = /^\s*\[/.test(body) ? commandListWithPreload(body, preload) : commandWithPreload(body, preload);
    parts.push(part);
    if (part.kind === 'text') edits.push({ start, end, text: part.text, why: 'loads a module before the app' });
  }
  return together(parts, applySpans(text, edits), 'it starts the app by a script of package.json, or not at all');
}

/** What follows CMD and ENTRYPOINT. A health check has a CMD of its own, which is none. */
function startsIn(text: string): { readonly start: number; readonly end: number }[] {
  const found: { start: number; end: number }[] = [];
  let open: { start: number; counts: boolean } | undefined;
  let at = 0;
  for (const line of text.match(/[^\n]*(?:\n|$)/g) ?? []) {
    const plain = line.replace(/\r?\n$/, '');
    const keyword = open ? undefined : /^\s*([A-Za-z]+)\s+/.exec(plain);
    if (!open && keyword)
      open = { start: at + keyword[0].length, counts: /^(?:CMD|ENTRYPOINT)$/i.test(keyword[1] ?? '') };
    const continues = /[\\`]\s*$/.test(plain) || (open && /^\s*#/.test(plain));
    if (open && !continues) {
      if (open.counts) found.push({ start: open.start, end: at + plain.length });
      open = undefined;
    }
    at += line.length;
  }
  return found;
}

/** The same for a list of words, `["node", "server.js"]`, written as it was. */
export function commandListWithPreload(body: string, preload: Preload): Preloaded {
  const words = [...body.matchAll(/"(?:[^"\\]|\\.)*"/g)].map((match) => ({
    start: match.index,
    end: match.index + match[0].length,
    value: valueOf(match[0]),
  }));
  const plan = planFor(
    words.map(({ value }) => value),
    preload,
    commandWithPreload,
  );
  if (plan.kind !== 'steps') return plan;
  const [first, second] = words;
  const between = first && second ? body.slice(first.end, second.start) : ', ';
  const edits = plan.steps.flatMap((step): SpanEdit[] => {
    const word = words[step.index];
    const why = 'loads a module before the app';
    if (!word) return [];
    if (step.kind === 'replace') return [{ start: word.start, end: word.end, text: JSON.stringify(step.word), why }];
    const added = step.words.map((one) => JSON.stringify(one));
    if (step.kind === 'after')
      return [{ start: word.end, end: word.end, text: added.map((one) => between + one).join(''), why }];
    // A list knows no assignments; `env` does.
    const list = step.index === 0 ? ['"env"', ...added] : added;
    return [{ start: word.start, end: word.start, text: list.map((one) => one + between).join(''), why }];
  });
  return { kind: 'text', text: applySpans(body, edits) };
}

function valueOf(quoted: string): string {
  try {
    return JSON.parse(quoted) as string;
  } catch {
    return quoted.slice(1, -1);
  }
}
