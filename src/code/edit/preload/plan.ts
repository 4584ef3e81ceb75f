import { withoutWrappers } from '../../../repository/script-wrappers.ts';
import { nothing, type Preload, type Preloaded } from './preload.ts';
import { nameOf, programs } from './programs.ts';

/** One change of the words of a command. */
export type Step =
  | { readonly kind: 'after'; readonly index: number; readonly words: readonly string[] }
  | { readonly kind: 'before'; readonly index: number; readonly words: readonly string[] }
  | { readonly kind: 'replace'; readonly index: number; readonly word: string };

export type Planned =
  { readonly kind: 'steps'; readonly steps: readonly Step[] } | Exclude<Preloaded, { kind: 'text' }>;

/** Changes a command that stands inside a word: `sh -c "node a.js"`. */
export type Inner = (command: string, preload: Preload) => Preloaded;

/** What has to change in one command, given as words, so that it loads a module first. */
export function planFor(words: readonly string[], preload: Preload, inner: Inner): Planned {
  if (words.some((word, index) => loads(word, words[index - 1], preload))) return { kind: 'there' };
  const at = programAt(words);
  const program = nameOf(words[at] ?? '');
  const plan = programs.find(([name]) => name.test(program))?.[1];
  return plan ? plan({ words, at, program, preload, inner }) : { kind: 'none', why: nothing };
}

/** `--import ./x`, `--import=./x`, `NODE_OPTIONS=--import=./x`, `-r ./x`. */
function loads(word: string, before: string | undefined, { module, required }: Preload): boolean {
  const names = [module, ...(required === undefined ? [] : [required])];
  return names.some(
    (name) =>
      (word === name && /^(?:--import|--require|-r)$/.test(before ?? '')) ||
      new RegExp(`(?:--import|--require|-r)[= ]["']?${escaped(name)}(?:["'\\s]|$)`).test(word),
  );
}

function escaped(text: string): string {
  return text.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`);
}

/** The program after assignments and what only wraps it. */
function programAt(words: readonly string[]): number {
  let at = 0;
  for (let round = 0; round < 8; round++) {
    const before = at;
    while (/^[A-Za-z_]\w*=/.test(words[at] ?? '')) at++;
    const name = nameOf(words[at] ?? '');
    if (/^(?:tini|dumb-init|docker-entrypoint\.sh|exec|nohup|catatonit)$/.test(name)) at++;
    while (at > before && words[at]?.startsWith('-')) at++;
    // `yarn tsx a.ts` runs what is installed, as npx does.
    if (/^(?:yarn|pnpm)$/.test(name) && isProgram(words[at + 1] ?? '')) at++;
    at = words.length - withoutWrappers(words.slice(at)).length;
    if (at === before) break;
  }
  return at;
}

function isProgram(word: string): boolean {
  return programs.some(([name]) => name.test(word));
}
