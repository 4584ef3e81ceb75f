import { placeOf } from '../../code/module.ts';
import { OutOfFuel, Thrown, type Run } from '../../code/run/run.ts';
import { optionsOf, type FunctionValue, type Site, type Value } from '../../code/run/values.ts';
import type { Guard } from '../server.ts';
import type { Stop } from '../wiring/flatten.ts';
import { covers } from '../wiring/paths.ts';
import { argumentsOf } from './arguments.ts';
import { endThrown } from './endings.ts';
import { handlerIn, isExempt, signsInSomewhere } from './handlers.ts';
import { answersItself, exemptionsOf, mannerOf, nameOf } from './packages.ts';
import type { Asked } from './request.ts';
import type { Ending, Visit } from './visit.ts';

/** What became of a stranger who asked for a route. */
export interface Outcome {
  readonly guard: Guard;
  /** True when every piece of code on the way was read. */
  readonly certain: boolean;
  /** False for what only lets others through: middleware that is registered like a route. */
  readonly isRoute: boolean;
  /** True when the stranger got an answer. */
  readonly answers: boolean;
}

/** One way of the stranger along everything that stands before a route, and through the route itself. */
export class Walk {
  readonly #visit: Visit;
  readonly #run: Run;
  readonly #framework: string;
  readonly #route: Stop;
  #certain = true;
  #passes = true;
  #answers = false;
  #stop: Stop;

  constructor(visit: Visit, run: Run, framework: string, route: Stop) {
    this.#visit = visit;
    this.#run = run;
    this.#framework = framework;
    this.#route = route;
    this.#stop = route;
  }

  along(stops: readonly Stop[]): Outcome {
    const asked = (): Asked => ({
      method: this.#route.method,
      path: this.#route.sample ?? this.#route.path,
      prefix: this.#stop.prefix,
    });
    const given = argumentsOf(this.#framework, this.#visit, this.#run, asked);
    const ordered = [...stops.filter(({ kind }) => kind === 'hook'), ...stops.filter(({ kind }) => kind !== 'hook')];
    for (const stop of ordered) {
      this.#stop = stop;
      const isOwn = stop === this.#route;
      for (const [at, handler] of stop.handlers.entries()) {
        const isLast = isOwn && at === stop.handlers.length - 1;
        forgetStatus(given);
        const doubtsBefore = this.#visit.doubts.length;
        const refused = this.#handle(handler, given, stop.site, isLast);
        if (refused && !isOwn && covers(stop.path, this.#route.path) === undefined)
          this.#visit.doubts.splice(doubtsBefore, 0, {
            site: stop.site,
            about: 'opaque',
            why: 'a regular expression decides which paths are guarded',
          });
        else if (refused && (isOwn || !stop.conditional)) return this.#outcome(refused);
      }
    }
    return this.#outcome(this.#verdict());
  }

  #outcome(guard: Guard): Outcome {
    const isRoute = !(this.#route.method === 'ALL' && this.#passes && !this.#answers);
    return { guard, certain: this.#certain && this.#visit.doubts.length === 0, isRoute, answers: this.#answers };
  }

  #verdict(): Guard {
    const [opaque] = this.#visit.doubts.filter(({ about }) => about === 'opaque');
    if (opaque) return { state: 'unknown', why: opaque.why };
    const [setting] = this.#visit.doubts.filter(({ about }) => about === 'environment');
    return { state: 'open', why: setting ? setting.why : 'nothing on the way asks who is there' };
  }

  /** Runs one handler as the stranger; a guard when it refuses on every way. */
  #handle(handler: Value, given: readonly Value[], site: Site, isLast: boolean): Guard | undefined {
    const options = optionsOf(handler);
    const guards = options.map((option) => this.#handleOne(option, given, site, isLast));
    return guards.every((guard) => guard !== undefined) ? guards[0] : undefined;
  }

  #handleOne(handler: Value, given: readonly Value[], site: Site, isLast: boolean): Guard | undefined {
    const own = handlerIn(handler);
    if (own.kind === 'function') return this.#runHandler(own, given, isLast);
    if (own.kind === 'external') return this.#askPackage(own, site, isLast);
    this.#certain = false;
    if (isLast) {
      this.#answers = true;
      return undefined;
    }
    const why = own.kind === 'unknown' ? own.why : 'code that could not be followed';
    this.#visit.doubts.push({ site, about: 'opaque', why: `what runs before it could not be followed: ${why}` });
    return undefined;
  }

  #askPackage(handler: Extract<Value, { kind: 'external' }>, site: Site, isLast: boolean): Guard | undefined {
    const manner = mannerOf(handler);
    if (manner === 'refuses' && !isExempt(this.#route.path, exemptionsOf(handler)))
      return {
        state: 'refused',
        by: placeOf(site.module, site.node),
        how: `${nameOf(handler)} refuses whoever shows no credential`,
      };
    if (manner === 'signs in' && this.#stop === this.#route) {
      this.#answers = true;
      return { state: 'open', why: 'it signs people in' };
    }
    if (isLast && (this.#route.kind === 'route' || answersItself(handler))) this.#answers = true;
    if (manner !== 'unknown' || isLast) return undefined;
    this.#certain = false;
    this.#visit.doubts.push({ site, about: 'opaque', why: `what ${nameOf(handler)} does is not known` });
    return undefined;
  }

  #runHandler(handler: FunctionValue, given: readonly Value[], isLast: boolean): Guard | undefined {
    const visit = this.#visit;
    const run = this.#run;
    if (handler.node.params.length === 4 && this.#framework === 'express') return undefined;
    const site = { module: handler.module, node: handler.node };
    const [refusalsBefore, doubtsBefore] = [visit.refusals.length, visit.doubts.length];
    const consultedBefore = visit.consulted;
    visit.consulted = false;
    const endings = this.#endingsOf(handler, given, site, isLast);
    const consultedHere = visit.consulted;
    visit.consulted ||= consultedBefore;
    const stopped = [...endings].filter((ending) => ending !== 'next' && ending !== 'answered' && ending !== 'none');
    if (endings.has('next')) this.#passes = true;
    else if (isLast) this.#passes = false;
    if (endings.has('answered')) this.#answers = true;
    // Middleware that never goes on lets nobody through, whatever it answers.
    const ends = stopped.length + (isLast || !endings.has('answered') ? 0 : 1);
    const all = stopped.length > 0 && ends === endings.size;
    const isLogin = visit.guessed && signsInSomewhere(handler);
    if (isLast && !all && consultedHere && endings.has('refused') && !visit.signedIn && !signsInSomewhere(handler))
      visit.doubts.push({ site, about: 'opaque', why: 'it refuses strangers in some cases only' });
    if (all && !isLogin && (endings.has('refused') || visit.consulted)) {
      const refusal = visit.refusals[refusalsBefore];
      return {
        state: 'refused',
        by: refusal ? placeOf(refusal.site.module, refusal.site.node) : placeOf(site.module, site.node),
        how: refusal?.how ?? 'fails without a credential',
      };
    }
    // Doubts only matter where somebody may have been refused.
    if (!endings.has('refused') && run.fuel >= 0) visit.doubts.length = doubtsBefore;
    return undefined;
  }

  /** What it means when code just ends: Fastify goes on after a hook, and answers with what a handler returns. */
  #settled(mark: Ending, returned: Value | undefined, isLast: boolean): Ending {
    if (mark !== 'none') return mark;
    if (isLast) return 'answered';
    if (this.#framework === 'fastify') return 'next';
    const isAnswer = this.#framework === 'hono' && returned && returned.kind !== 'constant';
    return isAnswer ? 'answered' : mark;
  }

  #endingsOf(handler: FunctionValue, given: readonly Value[], site: Site, isLast: boolean): ReadonlySet<Ending> {
    const run = this.#run;
    run.marks = new Set(['none']);
    run.thrown = [];
    let returned: Value | undefined;
    try {
      returned = run.invoke(handler, given, site);
    } catch (error) {
      if (error instanceof Thrown) run.thrown.push({ type: 'throw', value: error.value, marks: run.marks });
      else if (error instanceof OutOfFuel || error instanceof RangeError)
        this.#visit.doubts.push({ site, about: 'opaque', why: 'there is too much code on the way to follow' });
      else throw error;
      if (error instanceof Thrown) run.marks = new Set();
    }
    const reached = [...run.marks].map((mark) => this.#settled(mark as Ending, returned, isLast));
    return new Set([...reached, ...endThrown(this.#visit, run, run.thrown, site)]);
  }
}

/** A status that is set on a way that ended is none for those who come through. */
function forgetStatus(given: readonly Value[]): void {
  for (const value of given)
    if (value.kind === 'native') for (const name of ['statusCode', 'status', 'body']) value.object.entries.delete(name);
}
