import { applySpans, type SpanEdit } from '../spans.ts';
import { commandWithPreload } from './command.ts';
import { together, type Preload, type Preloaded } from './preload.ts';

/** Makes the processes of a Procfile load a module before the app; what runs at a release is none of them. */
export function procfileWithPreload(text: string, preload: Preload): Preloaded {
  const parts: Preloaded[] = [];
  const edits: SpanEdit[] = [];
  for (const match of text.matchAll(/^([\w-]+)(:[ \t]*)([^\r\n]+)/gm)) {
    const [, name = '', sign = '', command = ''] = match;
    if (name === 'release') continue;
    const part = commandWithPreload(command, preload);
    parts.push(part);
    const start = match.index + name.length + sign.length;
    if (part.kind === 'text')
      edits.push({ start, end: start + command.length, text: part.text, why: 'loads a module before the app' });
  }
  return together(parts, applySpans(text, edits), 'it starts the app by a script of package.json, or not at all');
}
