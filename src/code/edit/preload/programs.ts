import type { Inner, Planned, Step } from './plan.ts';
import { isAppFile, nothing, type Preload } from './preload.ts';

/** A command that starts a program that is known here. */
interface Given {
  readonly words: readonly string[];
  /** Where the program stands among the words. */
  readonly at: number;
  readonly program: string;
  readonly preload: Preload;
  readonly inner: Inner;
}

/** Programs by name, and what has to change in a command that starts one of them. */
export const programs: readonly (readonly [RegExp, (given: Given) => Planned])[] = [
  [/^node(?:js)?$/, node],
  [/^nodemon$/, nodemon],
  [/^tsx$/, tsx],
  [/^(?:ts-node(?:-esm|-script|-transpile-only|-dev)?|tsnd)$/, tsNode],
  [/^babel-node$/, tsNode],
  [/^vite-node$/, byOptions],
  [/^pm2(?:-runtime|-dev|-docker)?$/, pm2],
  [/^concurrently$/, concurrently],
  [/^(?:tsc-watch|tsup)$/, onSuccess],
  [/^(?:ba|z|da)?sh$/, shell],
  [/^(?:bun|deno)$/, () => none('Bun and Deno have no --import of Node')],
  [/^nest$/, nest],
  [/^(?:next|nuxt|remix-serve|react-router-serve)$/, ({ program }) => none(`${program} starts Node by itself`)],
  [/^(?:forever|supervisor)$/, ({ program }) => none(`nothing is known of how ${program} hands options to Node`)],
];

/** The name of a program, wherever it lies. */
export function nameOf(word: string): string {
  return (word.split('/').at(-1) ?? '').replace(/\.(?:cmd|exe)$/, '');
}

const takesValue =
  /^(?:-r|--require|--import|--loader|--experimental-loader|-C|--conditions|--env-file|--env-file-if-exists|--title|--watch-path|--input-type|--tsconfig|-P|--project|-O|--compiler-options)$/;

const noFile = /^(?:-[epcvi]|-pe|--eval|--print|--check|--test|--version|--run)$/;

/** The file that a program is given, after its options. */
function fileAfter(words: readonly string[], at: number): string | undefined {
  for (let index = at + 1; index < words.length; index++) {
    const word = words[index] as string;
    if (noFile.test(word)) return undefined;
    if (!word.startsWith('-')) return word;
    if (takesValue.test(word)) index++;
  }
  return undefined;
}

/** `ENTRYPOINT ["node"]` gets its file from CMD, `--exec node` from what stands around it. */
function node({ words, at, preload }: Given): Planned {
  const file = fileAfter(words, at);
  const evaluates = file === undefined && words.slice(at + 1).some((word) => noFile.test(word));
  if (evaluates || (file !== undefined && !isAppFile(preload, file))) return none(nothing);
  const [option, module] = loading(words, preload);
  return steps({ kind: 'after', index: at, words: [option, module] });
}

const hook = /^(?:-r|--require)(?:=|$)/;

/** With `--import`, Node 20 no longer asks hooks such as `-r ts-node/register` how to read the first file. `--require` changes nothing. */
function loading(words: readonly string[], { module, required, onlyRequired }: Preload): readonly [string, string] {
  if (required === undefined || !(onlyRequired || words.some((word) => hook.test(word)))) return ['--import', module];
  return ['-r', required];
}

function tsx({ words, at, preload }: Given): Planned {
  const from = words[at + 1] === 'watch' ? at + 1 : at;
  const file = fileAfter(words, from);
  if (file !== undefined && !isAppFile(preload, file)) return none(nothing);
  return steps({ kind: 'after', index: from, words: ['--import', preload.module] });
}

/** Of programs whose options take words, the first word that is called like code. */
function codeFileAfter(words: readonly string[], at: number): string | undefined {
  return words.slice(at + 1).find((word) => /^[^-*,][^*,]*\.[cm]?[jt]sx?$/.test(word));
}

function tsNode(given: Given): Planned {
  const { words, at, preload } = given;
  if (preload.required === undefined) return byOptions(given);
  const file = codeFileAfter(words, at);
  if (file !== undefined && !isAppFile(preload, file)) return none(nothing);
  return steps({ kind: 'after', index: at, words: ['-r', preload.required] });
}

/** Programs that start Node by themselves and hand no option on: Node reads its options from the environment too. */
function byOptions({ words, at, preload }: Given): Planned {
  const file = codeFileAfter(words, at);
  if (file !== undefined && !isAppFile(preload, file)) return none(nothing);
  const options = words.slice(0, at).findIndex((word) => word.startsWith('NODE_OPTIONS='));
  const option = preload.required === undefined ? `--import=${preload.module}` : `--require=${preload.required}`;
  if (options !== -1) return steps({ kind: 'replace', index: options, word: `${words[options]} ${option}` });
  // `npx` would take an assignment for a program.
  const assigns = words.slice(0, at).findLastIndex((word) => /^(?:cross-env|cross-env-shell|env)$/.test(nameOf(word)));
  return steps({ kind: 'before', index: assigns + 1, words: [`NODE_OPTIONS=${option}`] });
}

/** nodemon takes a word that is a file for the script, so the option and its value are one word. */
function nodemon({ words, at, preload, inner }: Given): Planned {
  const rest = words.slice(at + 1);
  const exec = rest.findIndex((word) => /^(?:--exec|-x)$/.test(word));
  if (exec !== -1) return within(words, at + exec + 2, preload, inner);
  const joined = rest.findIndex((word) => word.startsWith('--exec='));
  if (joined !== -1) {
    const changed = inner(rest[joined]?.slice('--exec='.length) ?? '', preload);
    return changed.kind === 'text'
      ? steps({ kind: 'replace', index: at + joined + 1, word: `--exec=${changed.text}` })
      : changed;
  }
  if (preload.nodemonExec) return none('its own configuration says what nodemon runs');
  const file = rest.find((word) => /\.[cm]?[jt]sx?$/.test(word) && !/[*,]/.test(word));
  if (file !== undefined && !isAppFile(preload, file)) return none(nothing);
  if (!/\.[cm]?tsx?$/.test(file ?? ''))
    return steps({
      kind: 'after',
      index: at,
      words: [loading(words, preload).join('=').replace(/^-r=/, '--require=')],
    });
  if (preload.required === undefined)
    return none('nodemon runs TypeScript by ts-node, which needs a module for --require');
  return steps({ kind: 'after', index: at, words: [`--require=${preload.required}`] });
}

function pm2({ words, at, program, preload }: Given): Planned {
  const rest = words.slice(at + 1);
  const start = rest.findIndex((word) => /^(?:start|restart|reload)$/.test(word));
  if (start === -1 && program === 'pm2') return none(nothing);
  const target = rest.findIndex((word, index) => index > start && !word.startsWith('-'));
  const file = rest[target] ?? '';
  if (/\.(?:json|ya?ml)$|\.config\.[cm]?js$|^ecosystem/.test(file))
    return none('its own file says how PM2 starts the app');
  if (!/\.[cm]?[jt]sx?$/.test(file)) return none(nothing);
  const given = words.findIndex((word) => /^--(?:node|interpreter)-args=/.test(word));
  if (given !== -1) return steps({ kind: 'replace', index: given, word: `${words[given]} --import=${preload.module}` });
  const apart = words.findIndex((word) => /^--(?:node|interpreter)-args$/.test(word));
  if (apart !== -1)
    return steps({ kind: 'replace', index: apart + 1, word: `${words[apart + 1]} --import=${preload.module}` });
  return steps({ kind: 'after', index: at + 1 + target, words: [`--node-args=--import=${preload.module}`] });
}

/** Commands stand in quotes, among options that take words too. */
function concurrently({ words, at, preload, inner }: Given): Planned {
  const found: Step[] = [];
  const others: Planned[] = [];
  for (let index = at + 1; index < words.length; index++) {
    const word = words[index] as string;
    if (
      /^(?:-n|--names|-c|--prefix-colors|-p|--prefix|-l|-m|--max-processes|--restart-tries|--restart-after|-s|--success)$/.test(
        word,
      )
    )
      index++;
    else if (!word.startsWith('-') && word.includes(' ')) {
      const plan = within(words, index, preload, inner);
      if (plan.kind === 'steps') found.push(...plan.steps);
      else others.push(plan);
    }
  }
  if (found.length > 0) return { kind: 'steps', steps: found };
  return others.find(({ kind }) => kind === 'there') ?? others[0] ?? none(nothing);
}

/** It starts Node with what `--exec` says, and takes that for the beginning of a shell line. */
function nest({ words, at, preload, inner }: Given): Planned {
  if (words[at + 1] !== 'start') return none(nothing);
  const option = words.findIndex((word, index) => index > at && /^(?:--exec|-e)$/.test(word));
  if (option !== -1) return within(words, option + 1, preload, inner);
  return steps({ kind: 'after', index: at + 1, words: ['--exec', `node ${loading(words, preload).join(' ')}`] });
}

/** What runs after each build. */
function onSuccess({ words, at, preload, inner }: Given): Planned {
  const option = words.findIndex((word, index) => index > at && /^--on-?success$/i.test(word));
  return option === -1 ? none(nothing) : within(words, option + 1, preload, inner);
}

function shell({ words, at, preload, inner }: Given): Planned {
  const option = words.findIndex((word, index) => index > at && /^-[a-z]*c$/.test(word));
  return option === -1 ? none(nothing) : within(words, option + 1, preload, inner);
}

function within(words: readonly string[], index: number, preload: Preload, inner: Inner): Planned {
  const changed = inner(words[index] ?? '', preload);
  return changed.kind === 'text' ? steps({ kind: 'replace', index, word: changed.text }) : changed;
}

function steps(...all: readonly Step[]): Planned {
  return { kind: 'steps', steps: all };
}

function none(why: string): Planned {
  return { kind: 'none', why };
}
