import type { Repository } from '../../repository/repository.ts';
import { invoke } from './invoke.ts';
import type { Modules } from './modules.ts';
import { Journal } from './scope.ts';
import type { External, FunctionValue, Site, Unknown, Value } from './values.ts';

/** What packages and the platform do, as far as somebody wants to know. */
export interface Host {
  /** What a call of something external gives; undefined where nothing special is known of it. */
  called(run: Run, callee: External, given: readonly Value[], made: boolean, site: Site): Value | undefined;
  /** Whether two values that are not both known are equal; undefined where it cannot be told. */
  equal?(run: Run, one: Value, other: Value): boolean | undefined;
  /** Told when a function of the repository is called. A value is what the call gives, without its code being followed. */
  entered?(callee: FunctionValue, given: readonly Value[]): Value | undefined;
  /** Told whenever both branches of a condition are taken. */
  doubted?(run: Run, condition: Value, site: Site): void;
  /** Told whenever code throws by itself. */
  threw?(run: Run, value: Value, site: Site): void;
  /** Told when a text that is not known is tested: `url.startsWith('/api')`, `pattern.test(url)`, `table[url]`. */
  tested?(run: Run, text: Unknown, how: string, against: Value): void;
  /** Told when code changes an object or a list that is not its own. */
  changed?(run: Run, changed: Value, site: Site): void;
}

/** How one way through the code ended. */
export interface End {
  readonly type: 'return' | 'throw' | 'jump';
  readonly value: Value;
  readonly marks: ReadonlySet<string>;
}

/** What running a statement led to: whether the next one is reached, and the ways that ended here. */
export interface Flow {
  readonly next: boolean;
  readonly ends: readonly End[];
}

export const onwards: Flow = { next: true, ends: [] };

/** Code throws, whichever way is taken. */
export class Thrown extends Error {
  readonly value: Value;
  constructor(value: Value) {
    super('thrown');
    this.value = value;
  }
}

/** It would take too long. */
export class OutOfFuel extends Error {}

/** One walk through code whose values are partly known. Where a condition is not known, both ways are taken. */
export class Run {
  readonly repository: Repository;
  readonly modules: Modules;
  readonly host: Host;
  readonly journal = new Journal();
  /** How many more expressions may be looked at. */
  fuel: number;
  /** What has happened on the ways that lead here; a mark is whatever the host says it is. */
  marks: ReadonlySet<string> = new Set();
  /** Ways that may have thrown inside a call and not been caught yet. */
  thrown: End[] = [];
  /** Functions that are running, the innermost last. */
  readonly active: FunctionValue[] = [];
  /** More than 0 where it is not sure that the code runs at all. */
  conditional = 0;
  /** True when a thing that is not there throws, as it does at run time. */
  readonly strict: boolean;
  /** What is being looked at. */
  at: Site | undefined;
  /** True where something may have failed since the `try` around it began. */
  risky = false;
  /** What is to be done when everything else is: plugins that load once the app is complete. */
  readonly later: (() => void)[] = [];
  /** Every function that has been run. */
  readonly ran = new Set<object>();

  constructor(
    repository: Repository,
    modules: Modules,
    host: Host,
    { fuel, strict = false }: { fuel: number; strict?: boolean },
  ) {
    this.repository = repository;
    this.modules = modules;
    this.host = host;
    this.fuel = fuel;
    this.strict = strict;
  }

  /** Calls a value. */
  invoke(callee: Value, given: readonly Value[], site: Site, self?: Value): Value {
    return invoke(this, callee, given, site, self);
  }

  burn(): void {
    this.fuel -= 1;
    if (this.fuel < 0) throw new OutOfFuel();
  }
}

export function union(sets: readonly ReadonlySet<string>[]): ReadonlySet<string> {
  const [first] = sets;
  return first && sets.length === 1 ? first : new Set(sets.flatMap((set) => [...set]));
}
