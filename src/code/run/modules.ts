import { parse } from 'jsonc-parser';
import { posix } from 'node:path';
import { exportsOf } from '../exports.ts';
import { importsOf, packageNameOf } from '../imports.ts';
import type { Module } from '../module.ts';
import { fileAt, resolveImport } from '../resolve.ts';
import { memberOf } from './members.ts';
import { OutOfFuel, type Run } from './run.ts';
import { inside, lookUp, type Scope } from './scope.ts';
import { runStatements } from './statements.ts';
import { constant, external, list, record, unknown, type RecordValue, type Value } from './values.ts';

/** The made-up folder that a repository lies in, where code asks for its own place. */
export const top = '/repository';

/** A module that has been run. */
export interface Loaded {
  readonly module: Module;
  readonly scope: Scope;
  /** `module`, whose `exports` code may replace. */
  readonly own: RecordValue;
  default: Value | undefined;
}

/** The modules of a repository, each run once, when it is first asked for. */
export class Modules {
  readonly #loaded = new Map<string, Loaded>();

  has(path: string): boolean {
    return this.#loaded.has(path);
  }

  /** Every module that has been run. */
  all(): readonly Loaded[] {
    return [...this.#loaded.values()];
  }

  /** Runs a module unless it has been run. */
  load(run: Run, module: Module): Loaded {
    const known = this.#loaded.get(module.path);
    if (known) return known;
    const own = record([['exports', record()]]);
    const links = new Map<string, () => Value>();
    const scope = inside(undefined, true, { links });
    const loaded: Loaded = { module, scope, own, default: undefined };
    this.#loaded.set(module.path, loaded);
    this.#declare(run, loaded, links);
    const { conditional, marks } = run;
    run.conditional = 0;
    try {
      runStatements(run, module, module.tree.program.body, scope);
    } catch (error) {
      if (!(error instanceof OutOfFuel)) throw error;
    } finally {
      run.conditional = conditional;
      run.marks = marks;
    }
    return loaded;
  }

  #declare(run: Run, { module, scope, own }: Loaded, links: Map<string, () => Value>): void {
    const file = `${top}/${module.path}`;
    const exported = own.entries.get('exports') ?? record();
    const given: readonly (readonly [string, Value])[] = [
      ['module', own],
      ['exports', exported],
      ['__dirname', constant(posix.dirname(file))],
      ['__filename', constant(file)],
    ];
    for (const [name, value] of given) scope.variables.set(name, value);
    for (const { kind, specifier, names, typeOnly } of importsOf(module)) {
      if (typeOnly || (kind !== 'import' && kind !== 're-export')) continue;
      if (kind === 'import' && names.length === 0) this.imported(run, module, specifier, '*');
      for (const { imported, local } of names) {
        this.#touch(run, module, specifier);
        links.set(local, () => this.imported(run, module, specifier, imported));
      }
      if (kind === 're-export') this.#touch(run, module, specifier);
    }
  }

  /** Imports run before the module does. */
  #touch(run: Run, module: Module, specifier: string): void {
    const path = resolveImport(run.repository, module.path, specifier);
    const target = path === undefined ? undefined : run.repository.module(path);
    if (target && isFollowed(run, target.path)) this.load(run, target);
  }

  exportDefault(module: Module, value: Value): void {
    const loaded = this.#loaded.get(module.path);
    if (loaded) loaded.default = value;
  }

  /** What a module gets for a name that it imports; `*` is everything. */
  imported(run: Run, from: Module, specifier: string, name: string): Value {
    const path = specifier.startsWith(`${top}/`)
      ? fileAt(run.repository, specifier.slice(top.length + 1))
      : resolveImport(run.repository, from.path, specifier);
    if (path === undefined) return ofPackage(specifier, name);
    if (path.endsWith('.json')) return valueOf(jsonAt(run, path));
    const target = run.repository.module(path);
    if (!target || !isFollowed(run, path)) return unknown(`${path} is not followed`);
    return this.exported(run, this.load(run, target), name);
  }

  /** What a module exports under a name. */
  exported(run: Run, loaded: Loaded, name: string, seen: ReadonlySet<Loaded> = new Set()): Value {
    if (seen.has(loaded)) return unknown('modules that import each other');
    const { module, scope, own } = loaded;
    const { names, passedOn, commonJs } = exportsOf(module);
    const isModern = [...names.values()].some(({ kind }) => kind === 'from') || hasExports(module) || !commonJs;
    const whole = own.entries.get('exports') ?? record();
    const site = { module, node: module.tree };
    if (!isModern || (commonJs && !hasExports(module)))
      return name === '*' || name === 'default' ? whole : memberOf(run, whole, name, site);
    if (name === '*') return this.#everything(run, loaded, seen);
    if (name === 'default' && loaded.default) return loaded.default;
    const found = names.get(name);
    if (found?.kind === 'from') return this.imported(run, module, found.specifier, found.imported);
    if (found) {
      const local = found.node.type === 'Identifier' ? found.node.name : name;
      return (
        lookUp(scope, name === 'default' ? local : scope.variables.has(name) ? name : local) ??
        unknown(`${name} of ${module.path}`)
      );
    }
    for (const specifier of passedOn) {
      const path = resolveImport(run.repository, module.path, specifier);
      const target = path === undefined ? undefined : run.repository.module(path);
      if (!target) continue;
      const value = this.exported(run, this.load(run, target), name, new Set([...seen, loaded]));
      if (value.kind !== 'unknown') return value;
    }
    return unknown(`${name} of ${module.path}`);
  }

  #everything(run: Run, loaded: Loaded, seen: ReadonlySet<Loaded>): Value {
    const { names, passedOn } = exportsOf(loaded.module);
    const all = record();
    for (const name of names.keys()) all.entries.set(name, this.exported(run, loaded, name, seen));
    if (loaded.default) all.entries.set('default', loaded.default);
    for (const specifier of passedOn) {
      const value = this.imported(run, loaded.module, specifier, '*');
      if (value.kind === 'record') for (const [name, one] of value.entries) all.entries.set(name, one);
    }
    return all;
  }
}

function hasExports({ tree }: Module): boolean {
  return tree.program.body.some(({ type }) => /^(?:Export|TSExport)/.test(type));
}

/** Code of somebody else is not walked through. */
function isFollowed({ repository }: Run, path: string): boolean {
  const role = repository.file(path)?.role;
  return role === 'source' || role === 'config' || role === 'test';
}

function ofPackage(specifier: string, name: string): Value {
  const origin = packageNameOf(specifier);
  if (origin === undefined) return unknown(`${specifier} is not in this repository`);
  const rest = specifier.replace(/^(?:node|npm|bun|jsr):/, '').slice(origin.length + 1);
  const whole = external(rest === '' ? origin : `${origin}/${rest}`);
  return name === '*' || name === 'default' ? whole : external(whole.origin, name);
}

function jsonAt({ repository }: Run, path: string): unknown {
  const text = repository.read(path);
  return text === undefined || text.length > 200_000 ? undefined : parse(text);
}

function valueOf(json: unknown): Value {
  if (Array.isArray(json)) return list(json.map(valueOf));
  if (typeof json === 'object' && json !== null)
    return record(Object.entries(json).map(([name, value]) => [name, valueOf(value)] as const));
  if (typeof json === 'string' || typeof json === 'number' || typeof json === 'boolean' || json === null)
    return constant(json);
  return unknown('a JSON file that could not be read');
}
