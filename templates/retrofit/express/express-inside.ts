// What the guards have to know about the inside of Express 4 and 5, which is more than Express promises.
import type { IncomingMessage, ServerResponse } from 'node:http';

export type Handler = (req: IncomingMessage, res: ServerResponse, next: () => void) => unknown;

/** An Express app, of version 4 or 5. */
export interface App {
  disable(name: string): unknown;
  set(name: 'env', value: string): unknown;
  use(handler: Handler): unknown;
}

export interface Router {
  readonly stack: Entry[];
}

/** One entry of a router: a route, a router that is mounted, or a handler put in the way by `use`. */
export interface Entry {
  readonly name: string;
  readonly handle: Handler & { readonly stack?: Entry[] };
  readonly route?: { readonly path: unknown; readonly methods: Readonly<Record<string, boolean>> };
  /** Express 4. */
  readonly regexp?: RegExp & { readonly fast_slash?: boolean; readonly fast_star?: boolean };
  readonly keys?: readonly { readonly name: string | number }[];
  /** Express 5. */
  readonly rawPath?: unknown;
  readonly slash?: boolean;
  readonly matchers?: readonly ((path: string) => false | { readonly path: string })[];
}

export type Pattern = string | RegExp;

/** The part of a path that an entry takes, and the pattern by which it does. */
export interface Match {
  readonly taken: string;
  readonly pattern: Pattern;
}

/** The router of an app. Express 4 has it under another name, and only once something is in it. */
export function routerOf(app: App): Router {
  const { _router: old } = app as { readonly _router?: Router };
  return old ?? (app as unknown as { readonly router: Router }).router;
}

const mounts = new WeakMap<Entry, readonly Pattern[]>();
const watched = new WeakSet<object>();

/** Express forgets where it mounts things (before 5.3), so that is written down when it happens. */
export function watchMounts(router: object): void {
  const holder = ownerOf('use', router) as { use: (this: Router, ...words: unknown[]) => unknown } | undefined;
  if (!holder || watched.has(holder)) return;
  watched.add(holder);
  const { use } = holder;
  holder.use = function (...words) {
    const before = this.stack.length;
    const result = Reflect.apply(use, this, words) as unknown;
    const paths = [words[0]].flat(Infinity).filter(isPattern);
    for (const entry of this.stack.slice(before)) mounts.set(entry, paths.length > 0 ? paths : ['/']);
    return result;
  };
}

function isPattern(word: unknown): word is Pattern {
  return typeof word === 'string' || word instanceof RegExp;
}

function ownerOf(name: string, object: object | null): object | undefined {
  if (object === null || Object.hasOwn(object, name)) return object ?? undefined;
  return ownerOf(name, Object.getPrototypeOf(object) as object | null);
}

/** The patterns of an entry, as they are written in the app. */
export function patternsOf(entry: Entry): readonly Pattern[] {
  const known = entry.route ? entry.route.path : (mounts.get(entry) ?? entry.rawPath);
  if (known !== undefined) return [known as Pattern].flat(Infinity) as Pattern[];
  return [entry.regexp ? decoded(entry.regexp, entry.keys ?? []) : '/*'];
}

/** How an entry takes a path; empty when it does not. An address that cannot be decoded matches nothing. */
export function matchesOf(entry: Entry, path: string): readonly Match[] {
  const patterns = patternsOf(entry);
  try {
    if (!entry.regexp) return patterns.flatMap((pattern, at) => matchNew(entry, pattern, at, path));
    const taken = entry.regexp.fast_slash ? '' : entry.regexp.fast_star ? path : entry.regexp.exec(path)?.[0];
    return taken === undefined ? [] : patterns.map((pattern) => ({ taken, pattern }));
  } catch {
    return [];
  }
}

function matchNew({ slash, matchers }: Entry, pattern: Pattern, at: number, path: string): Match[] {
  if (slash) return [{ taken: '', pattern }];
  const found = (matchers?.[at] ?? matchers?.[0])?.(path);
  return found ? [{ taken: found.path, pattern }] : [];
}

/** Express 4 keeps of a mount path only the expression that it has made of it. */
function decoded(regexp: NonNullable<Entry['regexp']>, keys: NonNullable<Entry['keys']>): Pattern {
  if (regexp.fast_slash) return '/';
  let parameter = 0;
  const path = regexp.source
    .replace(/^\^/, '')
    .replace(/(?:\\\/\?|\(\?:\\\/\(\?=\$\)\)\?)?\(\?=\\\/\|\$\)$/, '')
    .replaceAll(
      /\(\?:(\\\/)?\(\[\^\\?\/\]\+\?\)\)|\(\[\^\\?\/\]\+\?\)/g,
      (_, slash?: string) => `${slash ?? ''}:${keys[parameter++]?.name}`,
    )
    .replaceAll(/\\([/.-])/g, '$1');
  return /^[\w\-./:~]*$/.test(path) ? path : regexp;
}
