import { placeOf } from '../../code/module.ts';
import type { Run } from '../../code/run/run.ts';
import { optionsOf, type External, type FunctionValue, type Site, type Value } from '../../code/run/values.ts';
import type { Guard } from '../server.ts';
import type { Stop } from '../wiring/flatten.ts';
import { covers } from '../wiring/paths.ts';
import { argumentsOf } from './arguments.ts';
import { handlerIn, holdsBack, isEmpty, isExempt, isStraight, mayStop, signsInSomewhere } from './handlers.ts';
import { answersItself, exemptionsOf, mannerOf, nameOf } from './packages.ts';
import type { Asked } from './request.ts';
import { endingsOf, forgetStatus } from './run-handler.ts';
import { verdictOf } from './verdict.ts';
import type { Visit } from './visit.ts';

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
  #onlyFails = false;
  #stop: Stop;
  /** True for the last handler of a route: what it sends is an answer to what was asked for. */
  #closes = false;

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
        this.#closes = (isOwn || stop.kind === 'route') && at === stop.handlers.length - 1;
        const isLast = isOwn && this.#closes;
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
    return this.#outcome(verdictOf(this.#visit, this.#onlyFails));
  }

  #outcome(guard: Guard): Outcome {
    const isRoute = !(this.#route.method === 'ALL' && this.#passes && !this.#answers);
    return { guard, certain: this.#certain && this.#visit.doubts.length === 0, isRoute, answers: this.#answers };
  }

  /** Runs one handler as the stranger; a guard when it refuses on every way. */
  #handle(handler: Value, given: readonly Value[], site: Site, isLast: boolean): Guard | undefined {
    const options = optionsOf(handler);
    const guards = options.map((option) => this.#handleOne(option, given, site, isLast));
    return guards.every((guard) => guard !== undefined) ? guards[0] : undefined;
  }

  #handleOne(handler: Value, given: readonly Value[], site: Site, isLast: boolean): Guard | undefined {
    const own = handlerIn(handler);
    if (own.kind === 'function') {
      const refused = this.#runHandler(own, given, isLast);
      if (own !== handler && !refused && mayStop(handler))
        this.#doubt(site, `what ${nameOf(handler as External)} does is not known`);
      return refused;
    }
    if (own.kind === 'list') return this.#handleAll(own.items, given, site);
    if (own.kind === 'external') return this.#askPackage(own, site, isLast);
    this.#certain = false;
    if (isLast) {
      this.#answers = true;
      return undefined;
    }
    const why = own.kind === 'unknown' ? own.why : 'code that could not be followed';
    this.#doubt(site, `what runs before it could not be followed: ${why}`);
    return undefined;
  }

  /** Guards of which each has to let the stranger pass. */
  #handleAll(handlers: readonly Value[], given: readonly Value[], site: Site): Guard | undefined {
    for (const handler of handlers) {
      const refused = this.#handle(handler, given, site, false);
      if (refused) return refused;
    }
    return undefined;
  }

  #doubt(site: Site, why: string): void {
    this.#certain = false;
    this.#visit.doubts.push({ site, about: 'opaque', why });
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
    this.#doubt(site, `what ${nameOf(handler)} does is not known`);
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
    visit.challenged = false;
    const endings = endingsOf(visit, run, handler, {
      framework: this.#framework,
      given,
      self: this.#instance(),
      isLast,
    });
    const consultedHere = visit.consulted;
    visit.consulted ||= consultedBefore;
    const stopped = [...endings].filter((ending) => ending !== 'next' && ending !== 'answered' && ending !== 'none');
    if (endings.has('next')) this.#passes = true;
    else if (isLast) this.#passes = false;
    if (endings.has('answered')) this.#answers = true;
    // Middleware that never goes on lets nobody through, whatever it answers.
    const ends = stopped.length + (this.#closes || !endings.has('answered') ? 0 : 1);
    const all = stopped.length > 0 && ends === endings.size;
    if (isLast) this.#onlyFails = all && !consultedHere && isStraight(handler);
    const isLogin = visit.guessed && signsInSomewhere(handler);
    const answersSome = isLast || (this.#closes && !endings.has('next'));
    if (answersSome && !all && consultedHere && endings.has('refused') && !visit.signedIn && !signsInSomewhere(handler))
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
    this.#doubtAfter(handler, isLast, {
      challenges: visit.challenged && stopped.length > 0,
      neverEnds: endings.size === 1 && endings.has('none'),
    });
    return undefined;
  }

  /** What may keep everybody or some from what comes after, though nobody is sent away. */
  #doubtAfter(
    handler: FunctionValue,
    isLast: boolean,
    { challenges, neverEnds }: { challenges: boolean; neverEnds: boolean },
  ): void {
    const site = { module: handler.module, node: handler.node };
    if (this.#framework === 'express' && isLast && isEmpty(handler)) this.#doubt(site, 'its handler does nothing');
    if (this.#framework === 'express' && !isLast && neverEnds && holdsBack(handler))
      this.#doubt(site, 'what runs before it neither answers nor goes on');
    const last = this.#route.handlers.at(-1);
    const signsIn = last?.kind === 'function' && signsInSomewhere(last);
    if (challenges && !isLast && !signsIn)
      this.#doubt(site, 'a password in the request is compared with one that is kept');
  }

  /** Fastify calls what it runs as methods of the instance: `this.jwt`. */
  #instance(): Value | undefined {
    return this.#framework === 'fastify' ? this.#stop.inside.at(-1)?.value : undefined;
  }
}
