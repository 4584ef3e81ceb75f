import { guarded } from '../../code/edit/guarded.ts';
import type { Span, SpanEdit } from '../../code/edit/spans.ts';
import { placeOf, type Module } from '../../code/module.ts';
import type { Upstream } from '../../dialect/upstreams-file.ts';
import { isClientFile } from '../../repository/client-files.ts';
import type { Place } from '../../repository/place.ts';
import type { Repository } from '../../repository/repository.ts';
import type { Scene } from '../scene.ts';
import type { DevProxy } from './dev-proxy.ts';
import type { KeySource } from './key-source.ts';
import { scriptsOfPage } from './page-scripts.ts';
import { neutralised } from './neutralised.ts';
import { paidCallsIn, type PaidCall } from './paid-calls.ts';
import type { Provider } from './providers.ts';
import { reachOf } from './reach.ts';
import { withoutProperty } from './removal.ts';
import { isInside, linesFor, sdkClientsIn, type SdkClient } from './sdk-clients.ts';

/** What becomes of the keys in the pages of a project. Holds values, so it never leaves this folder but into `.env`. */
export interface BrowserPlan {
  readonly files: readonly { readonly path: string; readonly edits: readonly SpanEdit[] }[];
  readonly upstreams: readonly Upstream[];
  readonly keys: readonly {
    readonly setting: string;
    readonly title: string;
    readonly source: KeySource;
    readonly path: string;
  }[];
  readonly proxies: readonly DevProxy[];
  readonly left: readonly { readonly where: Place; readonly why: string; readonly lines: readonly string[] }[];
}

/** One use of a key, and what has to change so that it needs none. */
interface Move {
  readonly where: Place;
  readonly provider: Provider;
  readonly path: string;
  readonly sources: readonly KeySource[];
  readonly edits: readonly { readonly module: Module; readonly edit: SpanEdit }[];
}

const mentions =
  /https:\/\/(?:api|generativelanguage|openrouter|router)[\w.-]*\.(?:com|ai|io|xyz|co)|openrouter\.ai|dangerouslyAllowBrowser|@google\/gen/;

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

function planned({ repository, server }: Scene, guards: boolean): BrowserPlan {
  const left: BrowserPlan['left'][number][] = [];
  const proxies: DevProxy[] = [];
  const moves = clientModules(repository).flatMap((module) => {
    const found = usesIn(repository, module);
    if (found.length === 0) return [];
    const reach = server && guards ? reachOf(repository, server, module.path) : undefined;
    if (reach?.kind === 'same-origin') {
      proxies.push(reach.proxy);
      return found.flatMap((use) => moveOf(use, left));
    }
    const because = reach
      ? reach.why
      : server
        ? 'nothing signs people in who could use it through the server'
        : 'there is no server here that could keep it';
    for (const { where } of found)
      left.push({
        where,
        why: `everybody who opens the page can read this key and spend your money, because ${because}`,
        lines: [],
      });
    return [];
  });
  const works = workingMoves(repository, moves, left);
  const kept = works.flatMap((move) => move.sources.map((source) => keyOf(move, source)));
  return { files: filesOf(works), upstreams: upstreamsOf(works), keys: kept, proxies, left };
}

/** The scripts that reach a browser: files of their own, and those that are written into a page. */
function clientModules(repository: Repository): Module[] {
  return repository.files.flatMap(({ path, role }) => {
    const isPage = role === 'text' && /\.html?$/.test(path);
    const text = role === 'source' || isPage ? repository.read(path) : undefined;
    if (text === undefined || !mentions.test(text)) return [];
    if (isPage) return scriptsOfPage(path, text) ?? [];
    return (isClientFile(repository, path) && repository.module(path)) || [];
  });
}

type Use = { readonly where: Place } & (
  { readonly call: PaidCall; readonly client?: never } | { readonly client: SdkClient; readonly call?: never }
);

function usesIn(repository: Repository, module: Module): Use[] {
  return [
    ...paidCallsIn(repository, module).map((call) => ({ where: placeOf(module, call.node), call })),
    ...sdkClientsIn(repository, module).map((client) => ({ where: placeOf(module, client.node), client })),
  ];
}

function moveOf(use: Use, left: BrowserPlan['left'][number][]): Move[] {
  const { where, client, call } = use;
  if (client) {
    const { module, provider, path, source, edits } = client;
    if (edits)
      return [
        { where, provider, path: `${path}/*`, sources: [source], edits: edits.map((edit) => ({ module, edit })) },
      ];
    const why = 'everybody who opens the page can read this key: let it ask this app instead';
    left.push({ where, why, lines: linesFor(client) });
    return [];
  }
  if (call.why !== undefined) {
    left.push({
      where,
      why: `everybody who opens the page can read this key; it could not be moved because ${call.why}`,
      lines: [],
    });
    return [];
  }
  const { address, headers, queries } = call;
  const { module: at, node: head } = address.head;
  const start = (head.start ?? 0) + 1;
  const edits = [
    {
      module: at,
      edit: {
        start,
        end: start + address.provider.origin.length,
        text: `/guardrails/${address.provider.name}`,
        why: 'the call goes through the server of this app, which has the key',
        within: withinOf(address),
      },
    },
    ...headers.flatMap(({ module, object, property }) => {
      const edit = withoutProperty(module, object, property, 'the key is on the server');
      return edit ? [{ module, edit }] : [];
    }),
    ...queries.flatMap(({ module, edits: some }) => some.map((edit) => ({ module, edit }))),
  ];
  const sources = [...headers, ...queries].map(({ source }) => source);
  return [{ where, provider: address.provider, path: address.path === '' ? '/*' : address.path, sources, edits }];
}

/** The whole expression that the beginning of an address stands in: it may become another one. */
function withinOf({ head, pieces }: PaidCall['address']): Span {
  const { node } =
    pieces.find(({ module, node: outer }) => module === head.module && isInside(head.node, outer)) ?? head;
  return { start: node.start ?? 0, end: node.end ?? 0 };
}

/** The moves whose files would be what they were but for the edits, with what is left of the keys taken out. */
function workingMoves(repository: Repository, moves: readonly Move[], left: BrowserPlan['left'][number][]): Move[] {
  const done: Move[] = [];
  for (const move of moves) {
    const files = filesOf([...done, move]);
    const works = files.every(
      ({ module, edits }) =>
        isOfPages(repository, module) && guarded(codeName(module), module.text, edits).kind === 'text',
    );
    if (works) done.push(move);
    else
      left.push({
        where: move.where,
        why: 'everybody who opens the page can read this key; it could not be moved without touching the code around it',
        lines: [],
      });
  }
  return done;
}

/** What runs on the server as well stays as it is. */
function isOfPages(repository: Repository, { path }: Module): boolean {
  return /\.html?$/.test(path) || isClientFile(repository, path);
}

function codeName({ path }: Module): string {
  return /\.html?$/.test(path) ? 'page.js' : path;
}

function filesOf(moves: readonly Move[]): { path: string; module: Module; edits: readonly SpanEdit[] }[] {
  const all = moves.flatMap(({ edits }) => edits);
  const holders = moves.flatMap(({ sources }) => sources.map(({ holder }) => holder));
  const placed = [...all, ...neutralised(holders, all)];
  return [...new Set(placed.map(({ module }) => module))].map((module) => ({
    path: module.path,
    module,
    edits: distinct(placed.filter((each) => each.module === module).map(({ edit }) => edit)),
  }));
}

function distinct(edits: readonly SpanEdit[]): SpanEdit[] {
  return edits.filter(
    (edit, at) =>
      edits.findIndex((one) => one.start === edit.start && one.end === edit.end && one.text === edit.text) === at,
  );
}

function keyOf({ provider, where }: Move, source: KeySource): BrowserPlan['keys'][number] {
  return { setting: provider.setting, title: provider.title, source, path: where.path };
}

function upstreamsOf(moves: readonly Move[]): Upstream[] {
  return [...new Set(moves.map(({ provider }) => provider))].map(({ name, title, origin, setting, header, scheme }) => {
    const paths = [
      ...new Set(moves.filter(({ provider }) => provider.name === name).map(({ path }) => path)),
    ].toSorted();
    return { name, title, origin, setting, header, scheme, paths };
  });
}
