import { appsOf, type App } from './apps.ts';
import type { Place } from './place.ts';
import type { Repository } from './repository.ts';
import { lineOfScript } from './script-lines.ts';
import { shellCommandsIn, type ShellCommand } from './shell.ts';
import { recipeOf } from './makefile.ts';
import { scriptCallOf } from './script-calls.ts';
import { withoutWrappers } from './script-wrappers.ts';

/** A program that is started in the end, after the scripts of package.json have been followed. */
export interface Command {
  /** Without what only wraps it: `npx`, `cross-env A=b`, `c8`. */
  readonly words: readonly string[];
  /** The folder it runs in, from the top of the repository; '' for the top. */
  readonly folder: string;
  /** The line of the given text, from 0, that leads to it. */
  readonly line: number;
  /** Where it is written when that is a script of package.json. */
  readonly script: Place | undefined;
  /** The names of the scripts that lead to it. */
  readonly through: readonly string[];
  /** True when its failure does not count: `|| true`. */
  readonly ignored: boolean;
  /** Set when it could not be followed further: the reason. */
  readonly unclear?: string;
}

interface Around {
  readonly folder: string;
  readonly through: readonly string[];
  readonly ignored: boolean;
  readonly script: Place | undefined;
  /** True where the shell stops at the first failure (`bash -e`). */
  readonly stopsAtFailure: boolean;
  /** Commands that may still be followed: scripts that call each other twice would never end. */
  readonly budget: { left: number };
}

/** What a shell text starts, run in a folder. CI systems stop at the first failure; a script of package.json does not. */
export function commandsIn(repository: Repository, text: string, folder = ''): Command[] {
  return follow(repository, text, { ...start(), folder });
}

/** What `npm run <name>` starts in an app, with what runs before and after it; empty when there is no such script. */
export function commandsOfScript(repository: Repository, app: App, name: string): Command[] {
  return followScript(repository, app, name, { ...start(), folder: app.root }) ?? [];
}

function start(): Around {
  return { folder: '', through: [], ignored: false, script: undefined, stopsAtFailure: true, budget: { left: 2000 } };
}

function follow(repository: Repository, text: string, around: Around): Command[] {
  const found: Command[] = [];
  let { folder } = around;
  const commands = shellCommandsIn(text);
  for (const [index, command] of commands.entries()) {
    if (--around.budget.left < 0) break;
    const [program = '', target] = command.words;
    if (program === 'cd' || program === 'pushd') {
      folder = join(folder, target ?? '');
      continue;
    }
    const ignored = around.ignored || isIgnored(commands, index, around.stopsAtFailure);
    found.push(...followCommand(repository, command, { ...around, folder, ignored }));
  }
  return found;
}

function followCommand(repository: Repository, { words, line }: ShellCommand, around: Around): Command[] {
  const plain = withoutWrappers(words);
  const call = scriptCallOf(plain);
  const { through, ignored, script } = around;
  const here: Command = { words: plain, folder: around.folder, line, through, ignored, script };
  const file = call === undefined ? shellFile(repository, plain, around.folder) : undefined;
  if (file !== undefined && !around.through.includes(file))
    return follow(repository, repository.read(file) ?? '', { ...around, through: [...around.through, file] }).map(
      (command) => ({ ...command, line }),
    );
  if (call === undefined) {
    const why = whyUnclear(repository, plain, around.folder);
    return [why === undefined ? here : { ...here, unclear: why }];
  }
  if (call.kind === 'text') return follow(repository, call.text, around).map((command) => ({ ...command, line }));

  if (call.kind === 'make')
    return followMake(repository, call.targets, { ...around, folder: join(around.folder, call.folder ?? '') }, here);

  const folder = join(around.folder, call.folder ?? '');
  const apps = appsOf(repository);
  const asked = call.everywhere
    ? apps.filter((app) => call.filter === undefined || isMeant(app, call.filter))
    : apps.filter(({ root }) => root === folder);
  const runs = asked.flatMap((app) =>
    call.names.flatMap((name) =>
      namesMatching(app, name).flatMap((match) => followScript(repository, app, match, around) ?? []),
    ),
  );
  if (runs.length > 0) return runs.map((command) => ({ ...command, line }));
  // `yarn jest` runs the program when there is no such script.
  if (call.orProgram !== undefined) return followCommand(repository, { words: call.orProgram, line, next: '' }, around);
  if (/^(?:nx|turbo|lerna)$/.test(plain[0] ?? ''))
    return [{ ...here, unclear: `what ${plain.join(' ')} runs could not be followed` }];
  const unknown = call.names.find((name) => name.includes('${{') || name.startsWith('$'));
  if (unknown !== undefined) return [{ ...here, unclear: `the script ${unknown} is chosen when it runs` }];
  return [{ ...here, unclear: `package.json has no script "${call.names.join(', ')}"` }];
}

/** The shell script of the repository that a command is: `./scripts/ci`, `bash scripts/ci.sh`. */
function shellFile(
  repository: Repository,
  [program = '', first = '']: readonly string[],
  folder: string,
): string | undefined {
  const called = /^(?:ba|z)?sh$/.test(program);
  const path = called ? first : program;
  const file = [join(folder, path), join('', path)].find((candidate) => repository.file(candidate));
  if (file === undefined || !/[./]/.test(path)) return undefined;
  return called || /^#!.*sh\b/.test(repository.read(file) ?? '') ? file : undefined;
}

/** Why a program that lies in the repository cannot be followed. */
function whyUnclear(repository: Repository, [program = '']: readonly string[], folder: string): string | undefined {
  const own = /^(?:\.{1,2}\/|\.?[\w-]+\/[\w./-]+$)/.test(program) && !program.includes('node_modules/');
  if (!own) return undefined;
  const there = [join(folder, program), join('', program)].some((candidate) => repository.file(candidate));
  return there ? `${program} is no shell script` : `${program} is not in the repository`;
}

function followMake(repository: Repository, targets: readonly string[], around: Around, here: Command): Command[] {
  const names = ['Makefile', 'makefile', 'GNUmakefile'].map((name) =>
    around.folder ? `${around.folder}/${name}` : name,
  );
  const makefile = names.map((name) => repository.read(name)).find((text) => text !== undefined) ?? '';
  const known = targets.map((target) => recipeOf(makefile, target));
  if (known.length === 0 || known.some((recipe) => recipe === undefined))
    return [{ ...here, unclear: `what "${here.words.join(' ')}" runs could not be followed` }];
  return follow(repository, known.join('\n'), around).map((command) => ({ ...command, line: here.line }));
}

function followScript(repository: Repository, app: App, name: string, around: Around): Command[] | undefined {
  const scripts = app.manifest?.scripts;
  const path = app.manifest?.path;
  if (!scripts?.has(name) || path === undefined || around.through.includes(`${path} ${name}`)) return undefined;
  return [`pre${name}`, name, `post${name}`].flatMap((step) => {
    const text = scripts.get(step);
    if (text === undefined) return [];
    return follow(repository, text, {
      ...around,
      folder: app.root,
      through: [...around.through, `${path} ${step}`],
      script: { path, line: lineOfScript(repository.read(path) ?? '', step) },
      stopsAtFailure: false,
    });
  });
}

/** `a || true`, and in a package script `a; exit 0`: what `a` says is lost. */
function isIgnored(commands: readonly ShellCommand[], index: number, stopsAtFailure: boolean): boolean {
  const following = commands[index + 1];
  const { next } = commands[index] as ShellCommand;
  if (next === '&') return true;
  if (following === undefined) return false;
  if (next === '||') return alwaysSucceeds(following);
  const last = commands.at(-1) as ShellCommand;
  if (next === '&&') {
    const end = commands.findIndex((command, at) => at >= index && command.next !== '&&');
    return commands[end]?.next === '||' && alwaysSucceeds(commands[end + 1] as ShellCommand);
  }
  return next === ';' && !stopsAtFailure && alwaysSucceeds(last);
}

function alwaysSucceeds({ words: [program = '', argument = ''] }: ShellCommand): boolean {
  return /^(?:true|:|echo|printf)$/.test(program) || (program === 'exit' && /^(?:0|)$/.test(argument));
}

function namesMatching({ manifest }: App, name: string): string[] {
  const names = [...(manifest?.scripts.keys() ?? [])];
  if (!name.includes('*')) return names.filter((known) => known === name);
  const pattern = new RegExp(`^${name.replaceAll(/[.+?^${}()|[\]\\]/g, '\\$&').replaceAll('*', '[^:]*')}$`);
  return names.filter((known) => pattern.test(known));
}

function isMeant(app: App, filter: string): boolean {
  const plain = filter.replace(/^\.\//, '').replace(/\.{3}$|^\.{3}/g, '');
  return app.name === plain || app.root === plain || app.root.endsWith(`/${plain}`) || plain.includes('*');
}

/** A folder below another one; outside of the repository it stays at its top. */
function join(folder: string, below: string): string {
  const parts = below.startsWith('/') ? [] : folder.split('/').filter(Boolean);
  const clean = below.replace(
    /^\$\{?(?:GITHUB_WORKSPACE|CI_PROJECT_DIR|BUILD_SOURCESDIRECTORY)\}?|^\$\{\{ *github\.workspace *\}\}/,
    '',
  );
  for (const part of clean.split('/')) {
    if (part === '..') parts.pop();
    else if (part !== '' && part !== '.') parts.push(part);
  }
  return parts.join('/');
}
