import type { SpanEdit } from '../../code/edit/spans.ts';
import type { Upstream } from '../../dialect/upstreams-file.ts';
import type { Place } from '../../repository/place.ts';
import type { Scene } from '../scene.ts';
import type { DevProxy } from './dev-proxy.ts';
import type { KeySource } from './key-source.ts';
import { filesOf, moveOf, workingMoves, type Move } from './moves.ts';
import { reachOf } from './reach.ts';
import { linesFor } from './sdk-clients.ts';
import { hasKey, usesOf, type Use } from './uses.ts';

/** What becomes of the keys in the pages of a project. Holds values, so it never leaves this folder but into `.env`. */
export interface BrowserPlan {
  readonly files: readonly { readonly path: string; readonly edits: readonly SpanEdit[] }[];
  readonly upstreams: readonly Upstream[];
  readonly keys: readonly Kept[];
  readonly proxies: readonly DevProxy[];
  /** The package.json of pages that have to be built again. */
  readonly built: readonly string[];
  readonly left: readonly { readonly where: Place; readonly why: string; readonly lines: readonly string[] }[];
}

/** A key that the server keeps from now on. */
interface Kept {
  readonly setting: string;
  readonly title: string;
  readonly source: KeySource;
}

const plans = new WeakMap<Scene['repository'], Map<boolean, BrowserPlan>>();

/** The plan for a project as it is on disk; the same one whenever it is asked for. */
export function browserPlanOf(scene: Scene): BrowserPlan {
  const known = plans.get(scene.repository) ?? new Map<boolean, BrowserPlan>();
  plans.set(scene.repository, known);
  const guards = mayRelay(scene);
  const plan = known.get(guards) ?? planned(scene, guards);
  known.set(guards, plan);
  return plan;
}

/** A relay without sign-in would give the power of the key to everybody. */
function mayRelay({ guards, answers: { guardrails } }: Scene): boolean {
  return guards !== undefined && guardrails.includes('auth') && guardrails.includes('secrets');
}

function planned(scene: Scene, guards: boolean): BrowserPlan {
  const { repository } = scene;
  const left: BrowserPlan['left'][number][] = [];
  const proxies = new Map<string, DevProxy>();
  const built = new Set<string>();
  const all = usesOf(repository);
  const moves = all.filter(hasKey).flatMap((use): Move[] => {
    const reach = reachFor(scene, use, guards);
    const move = reach.kind === 'same-origin' ? moveOf(use, all) : reach.why;
    if (typeof move === 'string') left.push(leftFor(use, move));
    else if (reach.kind === 'same-origin') {
      proxies.set(JSON.stringify(reach.proxy), reach.proxy);
      if (reach.built?.manifest?.scripts.has('build')) built.add(reach.built.manifest.path);
    }
    return typeof move === 'string' ? [] : [move];
  });
  const works = workingMoves(repository, moves, ({ where }) =>
    left.push({ where, why: `${readable}, because the code around it would change`, lines: [] }),
  );
  const keys = works.flatMap(({ provider: { setting, title }, sources }) =>
    sources.map((source) => ({ setting, title, source })),
  );
  const files = filesOf(works);
  if (files.length === 0) return { files, upstreams: [], keys, proxies: [], built: [], left };
  return { files, upstreams: upstreamsOf(works), keys, proxies: [...proxies.values()], built: [...built], left };
}

const readable = 'everybody who opens the page can read this key and spend your money; it could not be moved';

function reachFor({ repository, server }: Scene, { module }: Use, guards: boolean): ReturnType<typeof reachOf> {
  if (server && guards) return reachOf(repository, server, module.path);
  const why = server
    ? 'nothing signs people in who could use it through the server'
    : 'there is no server here that could keep it';
  return { kind: 'apart', why };
}

function leftFor({ where, client }: Use, why: string): BrowserPlan['left'][number] {
  return { where, why: `${readable}, because ${why}`, lines: client && !client.edits ? linesFor(client) : [] };
}

function upstreamsOf(moves: readonly Move[]): Upstream[] {
  return [...new Set(moves.map(({ provider }) => provider))].map((provider) => {
    const { name, title, origin, setting, header, scheme } = provider;
    const paths = new Set(moves.flatMap((move) => (move.provider === provider ? move.paths : [])));
    return { name, title, origin, setting, header, scheme, paths: [...paths].toSorted() };
  });
}
