import { Run } from '../../code/run/run.ts';
import type { Repository } from '../../repository/repository.ts';
import type { Stop } from '../wiring/flatten.ts';
import { covers, shadows } from '../wiring/paths.ts';
import type { Wiring } from '../wiring/wiring.ts';
import { Visit } from './visit.ts';
import { Walk, type Outcome } from './walk.ts';

/** Expressions that are looked at for one route, and for all routes of an app. */
const fuel = 20_000;
const fuelForAll = 1_000_000;

/** Asks for the routes of an app as somebody without any credential. */
export function strangerAt(
  repository: Repository,
  framework: string,
  stops: readonly Stop[],
  { modules }: Wiring,
): { ask(index: number): Outcome } {
  let left = fuelForAll;
  return {
    ask(index) {
      const route = stops[index] as Stop;
      const visit = new Visit();
      const given = Math.min(fuel, left);
      const run = new Run(repository, modules, visit, { fuel: given, strict: true });
      const walk = new Walk(visit, run, framework, route);
      const { result } = run.journal.attempt(() =>
        walk.along(stops.filter((stop, at) => meets(stop, at, route, index))),
      );
      left = Math.max(0, left - (given - Math.max(0, run.fuel)));
      return result;
    },
  };
}

/** Whether a request for a route comes past a stop before. */
function meets(stop: Stop, at: number, route: Stop, index: number): boolean {
  if (stop === route) return true;
  if (stop.kind === 'hook') return stop.inside.every((app, depth) => route.inside[depth] === app);
  if (at > index || stop.kind === 'static') return false;
  if (stop.kind === 'use') return isAround(stop, route) && covers(stop.path, route.path) !== false;
  return (stop.method === 'ALL' || stop.method === route.method) && shadows(stop.path, route.path);
}

/** Middleware of a Koa router runs for the routes of that router alone; that of Hono without `*` for that one path. */
function isAround(stop: Stop, route: Stop): boolean {
  const own = stop.inside.at(-1);
  if (own?.behaviour.framework === 'koa' && own.kind === 'router') return route.inside.includes(own);
  return own?.behaviour.framework !== 'hono' || stop.path.endsWith('*') || shadows(stop.path, route.path);
}
