import type { Node } from '@babel/types';
import { isCall, objectOf, unwrapped } from '../../code/calls.ts';
import { makingAt, placeAfter, type AppPlace } from '../../code/edit/app-place.ts';
import { insertCallAfter } from '../../code/edit/call-after.ts';
import { callersOf, type CallSite } from '../../code/edit/callers.ts';
import { guarded } from '../../code/edit/guarded.ts';
import { importEdits, isSameModule, lineFor, type Wanted } from '../../code/edit/import-edits.ts';
import type { Outcome } from '../../code/edit/outcome.ts';
import { callAbout, callsOf, type Ours } from '../../code/edit/own-calls.ts';
import type { SpanEdit } from '../../code/edit/spans.ts';
import { sourceOf, type Source } from '../../code/edit/source.ts';
import { importableFrom, packageTypeOf, specifierOfFile, type FileKind } from '../../code/edit/specifier.ts';
import { offsetOf, placeOf, type Module } from '../../code/module.ts';
import { resolveImport } from '../../code/resolve.ts';
import { declarationOf, parentsOf } from '../../code/scopes.ts';
import { appOf } from '../../repository/apps.ts';
import type { Repository } from '../../repository/repository.ts';
import type { Server } from '../server.ts';
import type { Layer } from './layers.ts';
import { wiringOf } from './wiring.ts';

/** One call that a project gets at the place where its app is made. */
export interface WireCall {
  /** What the function is called: `guard`. The app is its first argument. */
  readonly name: string;
  /** The file that exports it, from the top of the repository, for each kind of file that may import it. */
  readonly file: (importer: FileKind) => string;
  /** True where it gives the app back, with its type: then it can also stand around the expression that makes the app. */
  readonly givesBack?: boolean;
  /** What comes after the app, as it is written. */
  readonly more?: readonly string[];
}

/** What wiring an app comes to. `importer` is the kind of file that the call's module has to be. */
export type Wired = Outcome & { readonly importer: FileKind };

/** How the apps of one framework are wired. */
export interface Wirer {
  /** The id of the framework. */
  readonly id: string;
  /** What an app may be told in the expression that makes it without anybody being let in. */
  readonly harmless: RegExp;
}

/** Puts the import and the call into the file where an app is made. */
export function wireApp({ harmless }: Wirer, server: Server, repository: Repository, call: WireCall): Wired {
  const spot = spotOf(server, repository, harmless);
  if (spot) return { ...wireAt(repository, spot, call), importer: importableFrom(repository, spot.module) };
  const why = 'the place where it is made could not be found in the code';
  return { kind: 'paste', where: server.where, why, importer: 'js', lines: [`${call.name}(app)`] };
}

interface Spot {
  readonly module: Module;
  /** The expression that gives the app. */
  readonly made: Node;
  readonly place: AppPlace;
}

function spotOf({ where, app }: Server, repository: Repository, harmless: RegExp): Spot | undefined {
  const module = repository.module(where.path);
  const made = module && makingAt(module, offsetOf(module, where));
  if (!module || !made) return undefined;
  let spot: Spot = { module, made, place: placeAfter(module, made, harmless) };
  // A function that only makes it may be called for each router too: the call belongs where the main app is kept.
  for (let steps = 0; spot.place.kind === 'returned' && steps < 4; steps++) {
    const callers = callersOf(repository, app.files, spot.module, spot.place.by);
    const told =
      callers.length > 1
        ? callers.filter((caller) => isToldBy(caller, layersOfMain(repository, module, made)))
        : callers;
    const [caller] = told;
    if (!caller || told.length > 1) return spot;
    spot = { module: caller.module, made: caller.call, place: placeAfter(caller.module, caller.call, harmless) };
  }
  return spot;
}

/** What the apps that are made here and mounted nowhere are told. */
function layersOfMain(repository: Repository, module: Module, made: Node): readonly Layer[] {
  const { apps } = wiringOf(repository);
  const mounted = new Set(
    apps.flatMap(({ layers }) => layers.flatMap((layer) => (layer.kind === 'mount' ? layer.app : []))),
  );
  return apps
    .filter((app) => app.site.module === module && app.site.node.start === made.start && !mounted.has(app))
    .flatMap(({ layers }) => layers);
}

/** Whether what a call gives is what one of these was told to. */
function isToldBy({ module, call }: CallSite, layers: readonly Layer[]): boolean {
  return layers.some(({ site }) => {
    if (site.module.path !== module.path) return false;
    const root = rootOf(site.node);
    const declared = root?.type === 'Identifier' ? declarationOf(module, root, root) : undefined;
    return declared?.from !== undefined && unwrapped(declared.from) === call;
  });
}

/** `app` of `app.use(...).get(...)`. */
function rootOf(node: Node): Node | undefined {
  const object = isCall(node) ? objectOf(unwrapped(node.callee)) : undefined;
  return object && (isCall(object) ? rootOf(object) : object);
}

function wireAt(repository: Repository, { module, made, place }: Spot, call: WireCall): Outcome {
  const source = sourceOf(module, packageTypeOf(repository, module.path));
  const file = call.file(importableFrom(repository, module));
  const wanted: Wanted = { kind: 'named', name: call.name, from: specifierOfFile(repository, module, file) };
  const there = alreadyCalled(repository, module, made, place, oursIn(repository, call, file));
  if (there) return { kind: 'there', where: placeOf(module, there) };
  const { edits: imports, local } = importEdits(source, wanted, statementStart(module, made));
  const written = (app: string): string => `${local}(${[app, ...(call.more ?? [])].join(', ')})`;
  const placed = insertCallAfter(source, place, written);
  const around = call.givesBack && !isForMany(repository, module, place) ? wrap(made, written) : undefined;
  const own = placed.kind === 'edit' ? [placed.edit] : around;
  if (!own) return paste(source, made, place, wanted, call, placed.kind === 'none' ? placed.why : '');
  const edits = [...imports, ...own];
  const result = guarded(module.path, module.text, edits);
  return result.kind === 'text'
    ? { kind: 'edits', path: module.path, edits }
    : paste(source, made, place, wanted, call, result.why);
}

/** `guard(new Hono()).get(…)` */
function wrap(made: Node, written: (app: string) => string): SpanEdit[] {
  const [start, end] = [made.start ?? 0, made.end ?? 0];
  const [before = '', after = ''] = written('\0').split('\0');
  const rest = { why: `runs ${before}…${after} on the app as it is made`, within: { start, end } };
  return [
    { start, end: start, text: before, ...rest },
    { start: end, end, text: after, ...rest },
  ];
}

/** A function that makes routers too must not guard each of them. */
function isForMany(repository: Repository, module: Module, place: AppPlace): boolean {
  if (place.kind !== 'returned') return false;
  const files = appOf(repository, module.path)?.files ?? [];
  return callersOf(repository, files, module, place.by).length > 1;
}

/** A file of ours is known by its path, whatever its ending: the project may have been moved to TypeScript since. */
function oursIn(repository: Repository, { name }: WireCall, file: string): Ours {
  return {
    name,
    isModule: (specifier, from) => {
      const target = resolveImport(repository, from, specifier);
      if (target !== undefined) return withoutEnding(target) === withoutEnding(file);
      const own = repository.module(from);
      return own !== undefined && isSameModule(specifier, specifierOfFile(repository, own, file));
    },
  };
}

function withoutEnding(path: string): string {
  return path.replace(/\.[cm]?[jt]sx?$/, '');
}

function alreadyCalled(
  repository: Repository,
  module: Module,
  made: Node,
  place: AppPlace,
  ours: Ours,
): Node | undefined {
  const names = place.kind === 'statement' || place.kind === 'field' ? place.names : [];
  const calls = callsOf(module, ours);
  const direct = calls.find((one) => one.arguments[0] !== undefined && unwrapped(one.arguments[0]) === made);
  return direct ?? callAbout(module, calls, names, made);
}

/** Where the top-level statement around a node begins: what it uses has to be there by then. */
function statementStart(module: Module, node: Node): number {
  const parents = parentsOf(module);
  let top = node;
  for (let around = parents.get(top); around && around.type !== 'Program'; around = parents.get(around)) top = around;
  return top.start ?? 0;
}

function paste(
  source: Source,
  made: Node,
  place: AppPlace,
  wanted: Wanted,
  { name, more = [] }: WireCall,
  why: string,
): Outcome {
  const known = place.kind === 'statement' || place.kind === 'field' ? place.names[0] : undefined;
  const end = source.style.semicolons ? ';' : '';
  const app = known ?? 'app';
  return {
    kind: 'paste',
    where: placeOf(source, made),
    why,
    lines: [`${lineFor(source, wanted, name)}${end}`, `${name}(${[app, ...more].join(', ')})${end}`],
  };
}
