import type { Value } from './values.ts';

/** The variables of one function, block or module. */
export interface Scope {
  readonly outer: Scope | undefined;
  readonly variables: Map<string, Value>;
  /** What a module imports, looked up when it is asked for, because modules may import each other in a circle. */
  readonly links?: ReadonlyMap<string, () => Value>;
  /** True for functions and modules, to which `var` belongs. */
  readonly frame: boolean;
  /** What `this` means; looked up outwards where it is missing. */
  readonly self?: Value | undefined;
  /** The class of the method that runs here, for `super`. */
  readonly home?: Value | undefined;
}

export function inside(
  outer: Scope | undefined,
  frame = false,
  own: Pick<Scope, 'self' | 'home' | 'links'> = {},
): Scope {
  return { outer, variables: new Map(), frame, ...own };
}

/** The scope that holds a variable; undefined for a global. */
export function holderOf(scope: Scope, name: string): Scope | undefined {
  for (let around: Scope | undefined = scope; around; around = around.outer)
    if (around.variables.has(name) || around.links?.has(name)) return around;
  return undefined;
}

/** The value of a variable; undefined for a global. */
export function lookUp(scope: Scope, name: string): Value | undefined {
  const holder = holderOf(scope, name);
  return holder?.variables.get(name) ?? holder?.links?.get(name)?.();
}

/** What `this` means in a scope. */
export function selfOf(scope: Scope): Value | undefined {
  for (let around: Scope | undefined = scope; around; around = around.outer) if (around.self) return around.self;
  return undefined;
}

export function homeOf(scope: Scope): Value | undefined {
  for (let around: Scope | undefined = scope; around; around = around.outer) if (around.home) return around.home;
  return undefined;
}

/** A change of a variable or property that can be taken back. */
interface Change {
  readonly map: Map<string, Value>;
  readonly name: string;
  readonly before: Value | undefined;
}

/** Remembers changes, so that two branches can be tried from the same start. */
export class Journal {
  #changes: Change[] | undefined;

  set(map: Map<string, Value>, name: string, value: Value): void {
    this.#changes?.push({ map, name, before: map.get(name) });
    map.set(name, value);
  }

  /** Runs something, takes back what it changed and says what that was: the last value of each place. */
  attempt<Result>(run: () => Result): { result: Result; changed: Map<Map<string, Value>, Map<string, Value>> } {
    const outer = this.#changes;
    const own: Change[] = [];
    this.#changes = own;
    try {
      const result = run();
      return { result, changed: this.#takeBack(own) };
    } catch (error) {
      this.#takeBack(own);
      throw error;
    } finally {
      this.#changes = outer;
    }
  }

  #takeBack(changes: readonly Change[]): Map<Map<string, Value>, Map<string, Value>> {
    const changed = new Map<Map<string, Value>, Map<string, Value>>();
    for (const { map, name } of changes) {
      const last = map.get(name);
      if (!changed.has(map)) changed.set(map, new Map());
      if (last) changed.get(map)?.set(name, last);
    }
    for (const { map, name, before } of changes.toReversed()) {
      if (before) map.set(name, before);
      else map.delete(name);
    }
    return changed;
  }
}
