import { isFunction, keyNameOf, memberNameOf } from '../code/calls.ts';
import { placeOf, textOf, type Module } from '../code/module.ts';
import { nodesOf } from '../code/walk.ts';
import { definitionOf } from '../code/bindings.ts';
import { importedFiles } from '../repository/imported-files.ts';
import { fact, type Repository } from '../repository/repository.ts';
import { serverLockOver } from './channels/server-lock.ts';
import { socketsIn } from './channels/sockets.ts';
import { proceduresIn } from './channels/trpc.ts';
import { judgeHandler } from './refusal/handler.ts';
import { lookInto } from './refusal/refusal.ts';
import type { Channel, Guard } from './server.ts';
import { serversOf } from './servers.ts';

/** A door beside the routes, and whether a stranger is stopped there. */
export interface GuardedChannel extends Channel {
  readonly guard: Guard;
  /** What people call it: `the server action deletePost`. */
  readonly name: string;
}

/** Every door beside the routes: WebSockets, socket.io, GraphQL, tRPC, server actions, event streams. */
export const channelsOf = fact((repository: Repository): readonly GuardedChannel[] => {
  const found = repository.files.flatMap(({ path, role }) => {
    const text = role === 'source' ? repository.read(path) : undefined;
    const module = text !== undefined && mentionsChannel.test(text) ? repository.module(path) : undefined;
    return module
      ? [
          ...socketsIn(repository, module),
          ...(isImported(repository, path) ? proceduresIn(repository, module) : []),
          ...graphqlIn(repository, module),
        ]
      : [];
  });
  const servers = serversOf(repository);
  const named = servers.flatMap(({ channels }) => channels.map((channel) => judged(repository, channel)));
  return [
    ...found.map((channel) => behindLock(repository, channel)),
    ...named.filter(({ where }) => !found.some((other) => samePlace(other.where, where))),
    ...eventStreams(repository),
  ];
});

/** A socket that does not ask itself may be asked for by whatever takes over all servers of the program. */
function behindLock(repository: Repository, channel: GuardedChannel): GuardedChannel {
  const { kind, guard, where } = channel;
  if (guard.state === 'refused' || (kind !== 'websocket' && kind !== 'socket.io')) return channel;
  const by = serverLockOver(repository, where.path);
  return by
    ? { ...channel, guard: { state: 'refused', by, how: 'it is asked before a connection is taken' } }
    : channel;
}

const mentionsChannel =
  /socket\.io|['"](?:isomorphic-)?ws['"]|websocket|express-ws|[pP]rocedure|ApolloServer|createYoga|mercurius|graphqlHTTP/;

/** Every file that another one imports. */
const importedOf = fact(
  (repository: Repository) =>
    new Set(repository.files.flatMap(({ path, role }) => (role === 'source' ? importedFiles(repository, path) : []))),
);

/** False for a router of tRPC that was left behind: no router takes it in. */
function isImported(repository: Repository, path: string): boolean {
  if (!/[pP]rocedure/.test(repository.read(path) ?? '')) return false;
  return importedOf(repository).has(path) || importedOf(repository).size === 0;
}

function samePlace(one: Channel['where'], other: Channel['where']): boolean {
  return one.path === other.path && one.line === other.line;
}

/** A server action or a gateway that a framework lists. */
function judged(repository: Repository, channel: Channel): GuardedChannel {
  const { code, kind } = channel;
  const name =
    `${kind === 'server-action' ? 'the server action' : `the ${kind} class`} ${code ? nameOf(code.node, code.module) : ''}`.trim();
  if (!code) return { ...channel, name, guard: { state: 'unknown', why: 'its code could not be followed' } };
  if (code.node.type.startsWith('Class')) return { ...channel, name, guard: ofClass(code.module, code.node) };
  const { guard, code: found } = judgeHandler(repository, code.module, code.node);
  if (guard.state !== 'open' || !found || !isFunction(found.node)) return { ...channel, name, guard };
  const { refusal, reads } = lookInto(repository, found.module, found.node);
  if (refusal) return { ...channel, name, guard: { state: 'refused', by: refusal.by, how: refusal.how } };
  return {
    ...channel,
    name,
    guard: { state: 'open', why: reads ? 'it looks who is calling and sends nobody away' : 'it asks nobody' },
  };
}

function nameOf(node: NonNullable<Channel['code']>['node'], { text }: Module): string {
  if ('id' in node && node.id && typeof node.id === 'object' && 'name' in node.id && typeof node.id.name === 'string')
    return node.id.name;
  return /(?:const|let|var)\s+(\w+)\s*(?::[^=]*)?=\s*(?:async\s*)?$/.exec(text.slice(0, node.start ?? 0))?.[1] ?? '';
}

/** Classes of NestJS: a guard on them, or a check when somebody connects. */
function ofClass(module: Module, node: NonNullable<Channel['code']>['node']): Guard {
  const text = textOf(module, node);
  if (/@UseGuards\(/.test(text)) return { state: 'unknown', why: 'guards stand on some of it' };
  if (/handleConnection[\s\S]*\b(?:disconnect|close)\(|afterInit[\s\S]*\.use\(/.test(text))
    return { state: 'refused', by: placeOf(module, node), how: 'it disconnects' };
  return /Resolver/.test(module.text)
    ? { state: 'unknown', why: 'a global guard may stand before it' }
    : { state: 'open', why: 'nothing asks who connects' };
}

const graphqlPackages =
  /^(?:@apollo\/server|apollo-server(?:-\w+)?|graphql-yoga|express-graphql|mercurius|@as-integrations\/\w+)$/;

/** GraphQL servers: a context function may refuse; resolvers may check by themselves, which is not followed. */
function graphqlIn(repository: Repository, module: Module): GuardedChannel[] {
  if (!/apollo|graphql|mercurius/.test(module.text)) return [];
  return nodesOf(module.tree, 'NewExpression', 'CallExpression').flatMap((node): GuardedChannel[] => {
    const [first] = node.arguments;
    const made = first && memberNameOf(node.callee) === 'register' ? first : node.callee;
    const definition = definitionOf(repository, module, made);
    if (definition?.kind !== 'package' || !graphqlPackages.test(definition.name)) return [];
    if (!/^(?:ApolloServer|createYoga|graphqlHTTP|default|mercurius)$/.test(definition.path.at(-1) ?? 'default'))
      return [];
    const context = nodesOf(module.tree, 'ObjectProperty', 'ObjectMethod').find(
      (property) => keyNameOf(property) === 'context',
    );
    const code = context?.type === 'ObjectProperty' ? context.value : context;
    const refusal = code && isFunction(code) ? lookInto(repository, module, code).refusal : undefined;
    const guard: Guard = refusal?.said
      ? { state: 'refused', by: refusal.by, how: refusal.how }
      : { state: 'unknown', why: 'whether each resolver asks who is calling is not followed' };
    return [{ kind: 'graphql', where: placeOf(module, node), code: { module, node }, guard, name: 'GraphQL' }];
  });
}

/** Routes that keep the line open: as guarded as the route is. */
function eventStreams(repository: Repository): GuardedChannel[] {
  return serversOf(repository).flatMap(({ routes }) =>
    routes.flatMap(({ handlers, where, guard, method, path }): GuardedChannel[] => {
      const code = handlers.at(-1);
      if (!code || !textOf(code.module, code.node).includes('text/event-stream')) return [];
      return [{ kind: 'sse', where, code, guard, name: `${method} ${path}` }];
    }),
  );
}
