import { native, type NativeObject, type Site, type Value } from '../../code/run/values.ts';
import type { Run } from '../../code/run/run.ts';
import type { Layer } from './layers.ts';

/** How the apps of one framework behave: what their methods do. */
export interface Behaviour {
  /** The id of the framework. */
  readonly framework: string;
  /** What a method does; undefined where it is none that matters. */
  call(app: WebApp, name: string, given: readonly Value[], site: Site, run: Run): Value | undefined;
  /** Properties that matter. */
  get?(app: WebApp, name: string, site: Site, run: Run): Value | undefined;
}

/** An app or router that code has made, with all that code has told it. */
export class WebApp implements NativeObject {
  readonly type = 'web app';
  readonly behaviour: Behaviour;
  readonly kind: 'app' | 'router';
  readonly site: Site;
  readonly entries = new Map<string, Value>();
  readonly layers: Layer[] = [];
  /** Where it begins to listen, and with what arguments. */
  listens: { readonly site: Site; readonly given: readonly Value[] } | undefined;
  /** The guard of a project that create-shipshape made, when it stands before the routes. */
  guardedBy: Site | undefined;
  /** The app that this one is a part of, where that is known when it is made. */
  parent: WebApp | undefined;
  /** What stands before the path of each of its routes, given when it was made. */
  prefix: Value | undefined;
  #run: Run;

  constructor(behaviour: Behaviour, kind: 'app' | 'router', site: Site, run: Run) {
    this.behaviour = behaviour;
    this.kind = kind;
    this.site = site;
    this.#run = run;
  }

  get value(): Value {
    return native(this);
  }

  get(name: string, site: Site): Value | undefined {
    return this.behaviour.get?.(this, name, site, this.#run);
  }

  /** Methods return the app itself unless something else is known, because that is how calls are chained. */
  call(name: string, given: readonly Value[], site: Site): Value {
    return this.behaviour.call(this, name, given, site, this.#run) ?? this.value;
  }
}

/** The app that a value is; undefined for anything else. */
export function webAppOf(value: Value | undefined): WebApp | undefined {
  return value?.kind === 'native' && value.object instanceof WebApp ? value.object : undefined;
}
