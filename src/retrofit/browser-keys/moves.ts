import type { Node } from '@babel/types';
import { guarded } from '../../code/edit/guarded.ts';
import type { Span, SpanEdit } from '../../code/edit/spans.ts';
import type { Module } from '../../code/module.ts';
import { nodesOf } from '../../code/walk.ts';
import { isClientFile } from '../../repository/client-files.ts';
import type { Place } from '../../repository/place.ts';
import type { Repository } from '../../repository/repository.ts';
import type { KeySource } from './key-source.ts';
import { neutralised } from './neutralised.ts';
import type { PaidCall } from './paid-calls.ts';
import { questionsBelow, type Provider } from './providers.ts';
import { declarationFor, withoutProperty } from './removal.ts';
import { isInside } from './sdk-clients.ts';
import { holdsScripts, scriptName } from './page-scripts.ts';
import type { Use } from './uses.ts';

/** One use of a key, and what has to change so that it needs none. */
export interface Move {
  readonly where: Place;
  readonly provider: Provider;
  /** What the page asks for there. */
  readonly paths: readonly string[];
  readonly sources: readonly KeySource[];
  readonly edits: readonly { readonly module: Module; readonly edit: SpanEdit }[];
}

/** The changes for one use; or why it stays, as what follows "because". */
export function moveOf({ where, client, call }: Use, all: readonly Use[]): Move | string {
  if (client) {
    const { module, provider, path, source, edits } = client;
    if (!edits) return 'its library has to be told in another place where to ask';
    const paths = questionsBelow(provider, path);
    return { where, provider, paths, sources: [source], edits: edits.map((edit) => ({ module, edit })) };
  }
  const why = call.why ?? whyShared(call, all);
  if (why !== undefined) return why;
  const { address, headers, queries } = call;
  const edits = [
    { module: address.head.module, edit: addressEdit(address) },
    ...headers.flatMap(({ module, object, property }) => {
      const edit = withoutProperty(module, object, property, 'the key is on the server');
      return edit ? [{ module, edit }] : [];
    }),
    ...queries.flatMap(({ module, edits: some }) => some.map((edit) => ({ module, edit }))),
  ];
  const sources = [...headers, ...queries].map(({ source }) => source);
  const { provider, path } = address;
  return { where, provider, paths: call.isBase ? questionsBelow(provider, path) : [path], sources, edits };
}

function addressEdit(address: PaidCall['address']): SpanEdit {
  const start = (address.head.node.start ?? 0) + 1;
  return {
    start,
    end: start + address.provider.origin.length,
    text: `/guardrails/${address.provider.name}`,
    why: 'the call goes through the server of this app, which has the key',
    within: withinOf(address),
  };
}

/** The whole expression that the beginning of an address stands in: it may become another one. */
function withinOf({ head, pieces }: PaidCall['address']): Span {
  const { node } =
    pieces.find(({ module, node: outer }) => module === head.module && isInside(head.node, outer)) ?? head;
  return { start: node.start ?? 0, end: node.end ?? 0 };
}

/** Why an address that has a name cannot lead elsewhere: something else that asks there would be led there too. */
function whyShared({ address: { head } }: PaidCall, all: readonly Use[]): string | undefined {
  const calls = all.flatMap(({ call }) => (call?.address.head.node === head.node ? [call] : []));
  const shared = 'its address is used for something else too';
  if (calls.some((each) => each.why !== undefined || each.headers.length + each.queries.length === 0)) return shared;
  const declared = declarationFor(head.module, head.node);
  if (!declared) return undefined;
  const own = calls.filter(({ module }) => module === head.module).map(({ node }) => node);
  return nodesOf(head.module.tree, 'Identifier').some((each) => isOther(each, declared, own)) ? shared : undefined;
}

function isOther(
  node: Extract<Node, { type: 'Identifier' }>,
  { name, statement }: { readonly name: string; readonly statement: Node },
  calls: readonly Node[],
): boolean {
  return node.name === name && !isInside(node, statement) && !calls.some((call) => isInside(node, call));
}

/** The moves after which the files are what they were but for the edits; `refused` is told of the others. */
export function workingMoves(
  repository: Repository,
  moves: readonly Move[],
  refused: (move: Move) => void,
): readonly Move[] {
  const done: Move[] = [];
  for (const move of moves) {
    const works = filesOf([...done, move]).every(
      ({ module, edits }) =>
        isOfPages(repository, module) && guarded(codeName(repository, module), module.text, edits).kind === 'text',
    );
    if (works) done.push(move);
    else refused(move);
  }
  return done;
}

/** The edits of some moves by file, with what takes out the keys that stood beside the calls. */
export function filesOf(
  moves: readonly Move[],
): readonly { readonly path: string; readonly module: Module; readonly edits: readonly SpanEdit[] }[] {
  const all = moves.flatMap(({ edits }) => edits);
  const holders = moves.flatMap(({ sources }) => sources.map(({ holder }) => holder));
  const placed = [...all, ...neutralised(holders, all)];
  return [...new Set(placed.map(({ module }) => module))].map((module) => ({
    path: module.path,
    module,
    edits: distinct(placed.filter((each) => each.module === module).map(({ edit }) => edit)),
  }));
}

/** What runs on the server as well stays as it is. */
function isOfPages(repository: Repository, { path }: Module): boolean {
  return holdsScripts(path) || isClientFile(repository, path);
}

function codeName(repository: Repository, { path }: Module): string {
  return holdsScripts(path) ? scriptName(repository.read(path) ?? '') : path;
}

function distinct(edits: readonly SpanEdit[]): SpanEdit[] {
  return edits.filter((edit, at) => edits.findIndex((one) => isSame(one, edit)) === at);
}

function isSame(one: SpanEdit, other: SpanEdit): boolean {
  return one.start === other.start && one.end === other.end && one.text === other.text;
}
