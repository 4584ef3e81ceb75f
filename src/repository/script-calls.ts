/** A command that runs something else: scripts of package.json by name, or another shell text. */
export type ScriptCall =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'make'; readonly targets: readonly string[]; readonly folder?: string }
  | {
      readonly kind: 'scripts';
      /** Names of scripts; `*` stands for anything. */
      readonly names: readonly string[];
      /** The folder that the command changes to first. */
      readonly folder?: string;
      /** True when it runs in every package of the repository. */
      readonly everywhere?: boolean;
      /** The packages that are meant, by name or folder. */
      readonly filter?: string;
      /** What runs when there is no such script. */
      readonly orProgram?: readonly string[];
    };

/** Which scripts a command runs; undefined when it is a program of its own. */
export function scriptCallOf(words: readonly string[]): ScriptCall | undefined {
  const [program = '', ...rest] = words;
  if (program === 'npm') return npmCall(rest);
  if (program === 'pnpm' || program === 'yarn' || program === 'bun') return managerCall(program, rest);
  if (program === 'node' && rest.includes('--run')) return named(rest[rest.indexOf('--run') + 1]);
  if (/^(?:npm-run-all2?|run-s|run-p)$/.test(program)) {
    const names = plainWords(rest);
    return { kind: 'scripts', names };
  }
  if (program === 'concurrently' || program === 'conc') return { kind: 'text', text: concurrent(rest) };
  if (/^(?:sh|bash|zsh)$/.test(program) && /^-\w*c$/.test(rest[0] ?? '')) return { kind: 'text', text: rest[1] ?? '' };
  if (program === 'make') return makeCall(rest);
  if (/^docker(?:-compose)?$/.test(program)) return inContainer(rest);
  if (program === 'turbo') return everywhere(plainWords(rest.filter((word) => word !== 'run')));
  if (program === 'lerna' && rest[0] === 'run') return everywhere([rest[1] ?? '']);
  if (program === 'nx') return nxCall(rest);
  if (program === 'start-server-and-test') return { kind: 'scripts', names: plainWords(rest) };
  return undefined;
}

function npmCall(rest: readonly string[]): ScriptCall | undefined {
  const { words, folder, every, filter } = withOptions(rest);
  const [verb = '', name] = words;
  const options = {
    ...(folder !== undefined && { folder }),
    ...(every && { everywhere: true }),
    ...(filter !== undefined && { filter }),
  };
  if (/^(?:run|run-script|rum|urn)$/.test(verb))
    return name === undefined ? undefined : { kind: 'scripts', names: [name], ...options };
  if (/^(?:test|t|tst)$/.test(verb)) return { kind: 'scripts', names: ['test'], ...options };
  if (/^(?:install-test|it|install-ci-test|cit)$/.test(verb)) return { kind: 'scripts', names: ['test'], ...options };
  return verb === 'start' ? { kind: 'scripts', names: ['start'], ...options } : undefined;
}

const builtIn =
  /^(?:install|i|add|remove|rm|ci|init|create|config|cache|why|info|link|unlink|publish|pack|set|up|upgrade|update|audit|dedupe|import|plugin|store|setup|version|global|fetch|prune|rebuild|approve-builds|pm|--version|-v)$/;

function managerCall(program: string, rest: readonly string[]): ScriptCall | undefined {
  const { words, folder, every, filter } = withOptions(rest);
  const options = {
    ...(folder !== undefined && { folder }),
    ...(every && { everywhere: true }),
    ...(filter !== undefined && { filter }),
  };
  let [verb, ...more] = words;
  if (program === 'yarn' && verb === 'workspaces') {
    const name = more.filter((word) => !/^(?:run|foreach|exec)$/.test(word))[0];
    return name === undefined ? undefined : everywhere([name]);
  }
  if (program === 'yarn' && verb === 'workspace') {
    const [workspace, ...command] = more;
    const name = command[0] === 'run' ? command[1] : command[0];
    return name === undefined
      ? undefined
      : { kind: 'scripts', names: [name], everywhere: true, filter: workspace ?? '' };
  }
  if (verb === 'run' || verb === 'run-script') [verb, ...more] = more;
  else if (program === 'bun' && (verb === 'test' || verb === 'build')) return undefined;
  else if (verb !== undefined && builtIn.test(verb)) return undefined;
  if (verb === undefined) return undefined;
  const orProgram = every ? undefined : [verb, ...more];
  return { kind: 'scripts', names: [verb === 't' ? 'test' : verb], ...options, ...(orProgram && { orProgram }) };
}

/** Takes the options that say where a script runs from the words, wherever they stand; what comes after `--` is for the script. */
function withOptions(rest: readonly string[]): { words: string[]; folder?: string; every: boolean; filter?: string } {
  const end = rest.indexOf('--');
  const words: string[] = [];
  let folder: string | undefined;
  let filter: string | undefined;
  let every = false;
  const asked = end === -1 ? rest : rest.slice(0, end);
  for (let at = 0; at < asked.length; at++) {
    const [option = '', inline] = (asked[at] as string).split(/=(.*)/s);
    const value = (): string => inline ?? (asked[++at] as string | undefined) ?? '';
    if (/^(?:--prefix|--cwd|-C|--dir)$/.test(option)) folder = value();
    else if (/^(?:-w|--workspace|--filter|-F)$/.test(option)) {
      filter = value();
      every = true;
    } else if (/^(?:-r|--recursive|--workspaces|-ws|-A|--all)$/.test(option)) every = true;
    else if (!option.startsWith('-')) words.push(asked[at] as string);
  }
  return { words, every, ...(folder !== undefined && { folder }), ...(filter !== undefined && { filter }) };
}

function makeCall(rest: readonly string[]): ScriptCall {
  const { words, folder } = withOptions(rest);
  return {
    kind: 'make',
    targets: words.filter((word) => !word.includes('=')),
    ...(folder !== undefined && { folder }),
  };
}

/** `docker compose run --rm app npm test` runs what stands behind the name of the service. */
function inContainer(rest: readonly string[]): ScriptCall | undefined {
  const verb = rest.findIndex((word) => word === 'run' || word === 'exec');
  const program = rest.findIndex((word, at) => at > verb && /^(?:npm|npx|yarn|pnpm|bun|node|sh|bash|make)$/.test(word));
  if (verb === -1 || program === -1) return undefined;
  return { kind: 'text', text: rest.slice(program).map(quoted).join(' ') };
}

function quoted(word: string): string {
  return /^[\w./:@=-]+$/.test(word) ? word : `'${word.replaceAll("'", '')}'`;
}

function nxCall(rest: readonly string[]): ScriptCall | undefined {
  const [verb = '', ...more] = rest;
  if (verb === 'run-many' || verb === 'affected') {
    const at = more.findIndex((word) => /^(?:-t|--targets?)$/.test(word));
    const inline = more.find((word) => /^--targets?=/.test(word))?.split('=')[1];
    const names =
      inline?.split(',') ?? (at === -1 ? [] : plainWords(more.slice(at + 1).flatMap((word) => word.split(','))));
    return everywhere(names);
  }
  return undefined;
}

function everywhere(names: readonly string[]): ScriptCall {
  return { kind: 'scripts', names, everywhere: true };
}

function named(name: string | undefined): ScriptCall | undefined {
  return name === undefined ? undefined : { kind: 'scripts', names: [name] };
}

function plainWords(words: readonly string[]): string[] {
  return words.filter((word) => !word.startsWith('-') && !/^https?:|^\d+$/.test(word));
}

/** `concurrently "npm:test" "npm run lint"` as a shell text. */
function concurrent(words: readonly string[]): string {
  return words
    .filter((word) => /\s|^(?:npm|yarn|pnpm|bun|node):/.test(word))
    .map((word) => word.replace(/^(npm|yarn|pnpm|bun):/, '$1 run '))
    .join(' && ');
}
