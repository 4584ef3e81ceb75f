import { applySpans, type SpanEdit } from '../spans.ts';
import { commandWithPreload } from './command.ts';
import { commandListWithPreload } from './dockerfile.ts';
import { together, type Preload, type Preloaded } from './preload.ts';

/** `command: node a.js`, `startCommand = "node a.js"`, `"startCommand": "node a.js"`, `ExecStart=/usr/bin/node a.js`. */
const key =
  /^([ \t]*(?:-[ \t]+)?"?(?:command|entrypoint|startCommand|start_command|run_command|cmd|web|app|worker|ExecStart)"?[ \t]*[:=][ \t]*)(\S[^\r\n]*?)([ \t]*,?[ \t]*)$/gm;

/** Makes what a platform starts load a module before the app: docker-compose, render.yaml, fly.toml, app.yaml, railway, a systemd unit. */
export function deploymentWithPreload(text: string, preload: Preload): Preloaded {
  const parts: Preloaded[] = [];
  const edits: SpanEdit[] = [];
  const mark = text.startsWith('\uFEFF') ? 1 : 0;
  for (const { 1: before = '', 2: value = '', index } of text.matchAll(key)) {
    const part = value.startsWith('[') ? commandListWithPreload(value, preload) : inQuotes(value, preload);
    parts.push(part);
    const start = index + before.length - mark;
    if (part.kind === 'text')
      edits.push({ start, end: start + value.length, text: part.text, why: 'loads a module before the app' });
  }
  return together(parts, applySpans(text, edits), 'it starts the app by a script of package.json, or not at all');
}

function inQuotes(value: string, preload: Preload): Preloaded {
  const quote = /^(["'])[^]*\1$/.exec(value)?.[1] ?? '';
  const made = commandWithPreload(quote === '' ? value : value.slice(1, -1), preload);
  if (made.kind !== 'text') return made;
  return quote !== '' && made.text.split(quote).length !== value.slice(1, -1).split(quote).length
    ? { kind: 'none', why: 'its quotes leave no room for another option' }
    : { kind: 'text', text: `${quote}${made.text}${quote}` };
}
