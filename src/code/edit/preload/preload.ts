import { posix } from 'node:path';

/** A module that has to run before the app. */
export interface Preload {
  /** As `--import` takes it, from the folder in which the command runs: `./telemetry.js`. */
  readonly module: string;
  /** The same for what only knows `--require`: `./telemetry.cjs`. Without it, such programs get it through NODE_OPTIONS. */
  readonly required?: string;
  /** True for an app that behaves differently when `--import` loads something before it: one that asks whether `module.parent` is null. */
  readonly onlyRequired?: boolean;
  /** True where `nodemon.json`, or `nodemonConfig` of package.json, says what nodemon runs: that has to change instead. */
  readonly nodemonExec?: boolean;
  /** Whether a file that a command starts is the app. Without: everything but scripts, tools and builds. */
  readonly starts?: (file: string) => boolean;
}

/** What becomes of a text that starts an app. */
export type Preloaded =
  | { readonly kind: 'text'; readonly text: string }
  /** It is loaded there already. */
  | { readonly kind: 'there' }
  /** The text stays as it is. */
  | { readonly kind: 'none'; readonly why: string };

/** Several answers about parts of a text as one about all of it. */
export function together(parts: readonly Preloaded[], text: string, whenNothing: string): Preloaded {
  if (parts.some(({ kind }) => kind === 'text')) return { kind: 'text', text };
  if (parts.some(({ kind }) => kind === 'there')) return { kind: 'there' };
  return parts.find((part) => part.kind === 'none' && part.why !== nothing) ?? { kind: 'none', why: whenNothing };
}

/** Why nothing is done to a command that has nothing to do with it. */
export const nothing = 'it starts no app of its own';

/** The same module for what runs in another folder, named from the one before; undefined where that folder cannot be told. */
export function movedInto(preload: Preload, folder: string): Preload | undefined {
  if (!/^[\w@.-]+(?:\/[\w@.-]+)*\/?$/.test(folder) || folder.split('/').includes('..')) return undefined;
  const from = (module: string): string => {
    const path = module.startsWith('.') ? posix.relative(folder, module) : module;
    return module.startsWith('.') && !path.startsWith('.') ? `./${path}` : path;
  };
  const { module, required, starts = usual } = preload;
  return {
    ...preload,
    module: from(module),
    ...(required !== undefined && { required: from(required) }),
    starts: (file) => starts(posix.join(folder, file)),
  };
}

/** Whether a file is the app, as far as its name tells. */
export function isAppFile({ starts = usual }: Preload, file: string): boolean {
  return starts(file.replace(/^\.\//, ''));
}

/** The same without asking the project: everything but scripts, tools and builds. */
export function usual(file: string): boolean {
  const tool =
    /(?:^|\/)(?:node_modules|\.bin|scripts?|tools?|migrations?|seed(?:s|ers)?|gulpfile)(?:\/|\.|$)|(?:^|\/)(?:esbuild|seed|migrate|build|bundle|setup|generate|clean|test|deploy|release|healthcheck|postinstall)(?:[._-][\w.-]*)?\.[cm]?[jt]s$/;
  return !tool.test(file) || /(?:^|\/)scripts?\/(?:start|server|www)(?:\.[cm]?[jt]s)?$/.test(file);
}
