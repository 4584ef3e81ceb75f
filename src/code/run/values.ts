import type { Node } from '@babel/types';
import type { FunctionNode } from '../calls.ts';
import type { Module } from '../module.ts';
import type { Scope } from './scope.ts';

/** Where something happens in the code. */
export interface Site {
  readonly module: Module;
  readonly node: Node;
}

/** What is known of a value without running the program. */
export type Value =
  | Constant
  /** A regular expression, as it is written. */
  | { readonly kind: 'pattern'; readonly text: string }
  | List
  | RecordValue
  | FunctionValue
  | ClassValue
  | External
  /** A method that is not called yet, or a built-in one. */
  | { readonly kind: 'method'; readonly of: Value; readonly name: string }
  | Native
  | { readonly kind: 'either'; readonly options: readonly Value[] }
  | Unknown
  | Nothing;

/** What comes of a credential that nobody sent. */
export interface Nothing {
  readonly kind: 'nothing';
  /** True for the credential itself, which is not there: reading a property of it throws. Otherwise what was made of it: empty all the way down. */
  readonly absent: boolean;
}

export interface Constant {
  readonly kind: 'constant';
  readonly value: string | number | boolean | bigint | null | undefined;
}

export interface List {
  readonly kind: 'list';
  readonly items: Value[];
  /** True when there may be more items. */
  open: boolean;
  /** True for a list that begins empty: something will be put into it while the program runs. */
  readonly fills?: boolean;
}

/** An object. `entries` are in the order of their making. */
export interface RecordValue {
  readonly kind: 'record';
  readonly entries: Map<string, Value>;
  /** True when there may be more entries. */
  open: boolean;
  /** The class that it is an instance of. */
  readonly of?: ClassValue;
}

export interface FunctionValue {
  readonly kind: 'function';
  readonly module: Module;
  readonly node: FunctionNode;
  readonly scope: Scope;
  readonly self?: Value | undefined;
  /** The class whose method it is. */
  readonly home?: ClassValue | undefined;
  readonly bound?: readonly Value[];
  /** Properties that code sets on it. */
  readonly entries: Map<string, Value>;
}

export interface ClassValue {
  readonly kind: 'class';
  readonly module: Module;
  readonly node: Extract<Node, { type: 'ClassDeclaration' | 'ClassExpression' }>;
  readonly scope: Scope;
  readonly parent: Value | undefined;
  readonly entries: Map<string, Value>;
}

/** One step on the way from a package to a value: a property that was read, a call, a `new`. */
export type Step =
  { readonly get: string } | { readonly call: readonly Value[]; readonly made: boolean; readonly site: Site };

/** Something that comes from a package or from the platform. */
export interface External {
  readonly kind: 'external';
  /** The package, or `globalThis`. */
  readonly origin: string;
  readonly steps: readonly Step[];
}

/** An object whose behaviour is known: an app, a router, a request. */
export interface NativeObject {
  readonly type: string;
  /** Properties that code has set on it. */
  readonly entries: Map<string, Value>;
  get?(name: string, site: Site): Value | undefined;
  /** Told when code sets a property. */
  set?(name: string, value: Value, site: Site): void;
  /** Calls a method, or itself where the name is ''. */
  call(name: string, given: readonly Value[], site: Site): Value;
}

export interface Native {
  readonly kind: 'native';
  readonly object: NativeObject;
}

export interface Unknown {
  readonly kind: 'unknown';
  readonly why: string;
  /** `request`: whoever asks chooses it. `environment`: a setting. `opaque`: made by code out of sight that saw the request. */
  readonly source?: 'request' | 'environment' | 'opaque' | undefined;
  /** The name under which it came: `password` for `req.body.password`. */
  readonly name?: string | undefined;
}

export const undefinedValue: Value = { kind: 'constant', value: undefined };
export const nothing: Nothing = { kind: 'nothing', absent: false };
export const absent: Nothing = { kind: 'nothing', absent: true };

export function constant(value: Constant['value']): Constant {
  return { kind: 'constant', value };
}

export function list(items: readonly Value[], open = false): List {
  return { kind: 'list', items: [...items], open };
}

export function record(entries: Iterable<readonly [string, Value]> = [], open = false): RecordValue {
  return { kind: 'record', entries: new Map(entries), open };
}

export function native(object: NativeObject): Native {
  return { kind: 'native', object };
}

export function unknown(why: string, source?: Unknown['source'], name?: string): Unknown {
  return { kind: 'unknown', why, source, name };
}

export function external(origin: string, ...path: string[]): External {
  return { kind: 'external', origin, steps: path.map((get) => ({ get })) };
}

const mostOptions = 24;

/** One of several values; the same value is named once. Of very many, the first stand for all. */
export function either(values: readonly Value[]): Value {
  const [first] = values;
  if (first && values.every((value) => value === first)) return first;
  const options: Value[] = [];
  for (const value of values) {
    for (const option of optionsOf(value))
      if (options.length < mostOptions && !options.some((known) => sameValue(known, option))) options.push(option);
    if (options.length === mostOptions) break;
  }
  const [only] = options;
  return options.length === 1 && only ? only : { kind: 'either', options };
}

/** Every value that it may be. */
export function optionsOf(value: Value): readonly Value[] {
  return value.kind === 'either' ? value.options : [value];
}

export function sameValue(one: Value, other: Value): boolean {
  if (one === other) return true;
  if (one.kind === 'constant' && other.kind === 'constant') return Object.is(one.value, other.value);
  if (one.kind === 'native' && other.kind === 'native') return one.object === other.object;
  return one.kind === 'nothing' && other.kind === 'nothing';
}

/** The text of a constant text. */
export function textOfValue(value: Value | undefined): string | undefined {
  return value?.kind === 'constant' && typeof value.value === 'string' ? value.value : undefined;
}

/** Whether a value stands in the environment: `process.env.X`. */
export function isSetting(value: Value): value is External {
  if (value.kind !== 'external' || value.origin !== 'globalThis') return false;
  return /^globalThis\.(?:process\.env|Bun\.env|Deno\.env)\./.test(externalPath(value));
}

/** The way from the package to an external value: `passport.authenticate()`, `globalThis.process.env.PORT`. */
export function externalPath({ origin, steps }: External): string {
  return steps.reduce((path, step) => ('get' in step ? `${path}.${step.get}` : `${path}()`), origin);
}
