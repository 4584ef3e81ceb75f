import { isFunction } from '../../code/calls.ts';
import type { Modules } from '../../code/run/modules.ts';
import { OutOfFuel, Run, Thrown } from '../../code/run/run.ts';
import { optionsOf, type Site, type Value } from '../../code/run/values.ts';
import { parentsOf } from '../../code/scopes.ts';
import type { Repository } from '../../repository/repository.ts';
import type { Code, Method } from '../server.ts';
import { argumentsOf } from '../stranger/arguments.ts';
import { Visit } from '../stranger/visit.ts';
import type { Stop } from '../wiring/flatten.ts';
import type { Layer } from '../wiring/layers.ts';
import { explore, siteOf } from './explore.ts';

/** A stop that was found by asking, with the part of the code that answers it. */
export interface FoundStop extends Stop {
  readonly answeredBy: readonly Code[];
}

const everyMethod: readonly Method[] = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'];
const most = 60;
/** Expressions that are looked at in all, and for one address. */
const fuelForAll = 600_000;
const fuel = 20_000;

/**
 * The routes of a function that answers every request itself: it is asked for each path that it names with each method that it names. Where the
 * answer comes from another place than that for a path nobody named, there is a route.
 */
export function routesOfFunction(
  repository: Repository,
  modules: Modules,
  layer: Extract<Layer, { kind: 'use' }>,
  inside: Stop['inside'],
): readonly FoundStop[] {
  const [handler] = layer.handlers;
  if (!handler) return [];
  const { paths, methods } = explore(repository, modules, handler);
  const verbs = everyMethod.filter((verb) => methods.has(verb));
  const asking: Asking = { repository, modules, handler, left: { fuel: fuelForAll } };
  const answersTo = (method: string, path: string): readonly Site[] => ask(asking, method, path);
  const stops: FoundStop[] = [];
  const elsewhere = new Map<string, string>();
  for (const [path, site] of [...paths].slice(0, most)) {
    const samples = [path, path.replaceAll(/:\w+/g, '1')];
    const found = [...(verbs.length > 0 ? verbs : []), 'TRACE'].flatMap((method) => {
      if (!elsewhere.has(method)) elsewhere.set(method, namesOf(answersTo(method, '/-/nowhere/-/at/-/all')));
      for (const sample of new Set(samples)) {
        const answers = answersTo(method, sample);
        if (answers.length > 0 && namesOf(answers) !== elsewhere.get(method)) return [{ method, answers, sample }];
      }
      return [];
    });
    const stop = (method: Method, answers: readonly Site[], sample: string): FoundStop => ({
      sample,
      kind: 'route',
      method,
      path,
      prefix: '/',
      handlers: [handler],
      site,
      conditional: false,
      sure: true,
      inside,
      answeredBy: [branchOf(site) ?? answers.slice(0, 1).map((answer) => blockAround(answer, siteOf(handler)))].flat(),
    });
    const any = found.find(({ method }) => method === 'TRACE');
    if (any) stops.push(stop('ALL', any.answers, any.sample));
    for (const { method, answers, sample } of found)
      if (method !== 'TRACE' && (!any || namesOf(any.answers) !== namesOf(answers)))
        stops.push(stop(method as Method, answers, sample));
  }
  const [any] = stops.length === 0 ? [answersTo('GET', '/')] : [];
  const site = siteOf(handler);
  if (any && any.length > 0 && site)
    stops.push({
      kind: 'route',
      method: 'ALL',
      path: '*',
      prefix: '/',
      handlers: [handler],
      site,
      conditional: false,
      sure: true,
      inside,
      answeredBy: [site],
    });
  return stops;
}

function namesOf(sites: readonly Site[]): string {
  return sites.map(({ module, node }) => `${module.path}:${node.start}`).join(' ');
}

interface Asking {
  readonly repository: Repository;
  readonly modules: Modules;
  readonly handler: Value;
  readonly left: { fuel: number };
}

/** Where a request is answered. */
function ask({ repository, modules, handler, left }: Asking, method: string, path: string): readonly Site[] {
  const visit = new Visit();
  const run = new Run(repository, modules, visit, { fuel: Math.min(fuel, left.fuel), strict: true });
  const given = argumentsOf('node-http', visit, run, () => ({ method, path, prefix: '/' }));
  const site = siteOf(handler);
  if (!site) return [];
  run.journal.attempt(() => {
    try {
      run.marks = new Set(['none']);
      for (const option of optionsOf(handler)) run.invoke(option, given, site);
    } catch (error) {
      if (!(error instanceof Thrown) && !(error instanceof OutOfFuel) && !(error instanceof RangeError)) throw error;
    }
  });
  left.fuel -= Math.min(fuel, left.fuel) - Math.max(0, run.fuel);
  const isMissing = visit.answers.every(({ how }) => /^answers (?:404|405|501)$/.test(how));
  return isMissing ? [] : visit.answers;
}

/** What runs when the address is the one that a condition names. */
function branchOf({ module, node }: Site): Code | undefined {
  const parents = parentsOf(module);
  let inner = node;
  for (let around = parents.get(node); around && !isFunction(around); around = parents.get(around)) {
    if (around.type === 'IfStatement' && around.test === inner) return { module, node: around.consequent };
    if (around.type === 'SwitchCase') return { module, node: around };
    inner = around;
  }
  return undefined;
}

/** The function or branch around an answer: the part of a large function that belongs to one route. */
function blockAround({ module, node }: Site, whole: Site | undefined): Code {
  const parents = parentsOf(module);
  let inner = node;
  for (let around = parents.get(node); around; around = parents.get(around)) {
    const isBranch = around.type === 'IfStatement' || around.type === 'SwitchCase';
    if (isFunction(around) && around !== whole?.node) return { module, node: around };
    if (isBranch || around === whole?.node) return { module, node: inner };
    inner = around;
  }
  return { module, node };
}
