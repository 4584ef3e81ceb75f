import { matcherOf } from '../../../repository/glob.ts';
import { lineEnd } from '../../../tree/lines.ts';
import type { Preloaded } from './preload.ts';

/** Makes a `.dockerignore` let a folder through, where it keeps out everything that it does not name. */
export function dockerignoreWithFolder(text: string, folder: string): Preloaded {
  if (!isKeptOut(text, folder)) return { kind: 'there' };
  const end = lineEnd(text);
  const opened = `${text}${text === '' || text.endsWith('\n') ? '' : end}!${folder}${text.endsWith('\n') ? end : ''}`;
  if (!isKeptOut(opened, folder)) return { kind: 'text', text: opened };
  return { kind: 'none', why: `it keeps ${folder} out of every image by another rule` };
}

/** The last pattern that fits decides; patterns hold from the top, and for everything below. */
function isKeptOut(text: string, folder: string): boolean {
  const paths = [folder, `${folder}/telemetry.mjs`, `${folder}/index.cjs`];
  return paths.some((path) => {
    let out = false;
    for (const line of text.replace(/^\uFEFF/, '').split(/\r?\n/)) {
      const pattern = line.trim();
      if (pattern === '' || pattern.startsWith('#')) continue;
      const plain = pattern
        .replace(/^!/, '')
        .replace(/^(?:\.?\/)+/, '')
        .replace(/\/+$/, '');
      const fits = matcherOf(`/${plain}`);
      const parents = path.split('/').map((_, index, parts) => parts.slice(0, index + 1).join('/'));
      if (fits && parents.some(fits)) out = !pattern.startsWith('!');
    }
    return out;
  });
}
