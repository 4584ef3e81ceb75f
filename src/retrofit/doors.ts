import { definitionOf } from '../code/bindings.ts';
import { isCall, keyNameOf, memberNameOf } from '../code/calls.ts';
import { isOnLine, textOf, type Module } from '../code/module.ts';
import { parentsOf } from '../code/scopes.ts';
import { nodesOf } from '../code/walk.ts';
import { channelsOf, type GuardedChannel } from '../frameworks/channels.ts';
import type { Code, Guard, Server } from '../frameworks/server.ts';
import { dependenciesOf } from '../repository/apps.ts';
import type { Place } from '../repository/place.ts';
import type { Repository } from '../repository/repository.ts';
import { literalOf } from '../secrets/literal.ts';

/** An entry of the access table for what answers beside the routes of an app. */
export interface Door {
  /** Such as `USE /socket.io` or `UPGRADE /live`. */
  readonly key: string;
  /** For people. */
  readonly why: string;
  readonly where: Place;
  /** What the project itself does about strangers there. */
  readonly guard: Guard;
}

/** The doors beside the routes of a server: socket.io, WebSockets. The first of each key. */
export function doorsOf(repository: Repository, server: Server): readonly Door[] {
  const own = new Set(server.app.files.map(({ path }) => path));
  const doors = [
    ...channelsOf(repository)
      .filter(({ where }) => own.has(where.path))
      .flatMap((channel) => doorsOfChannel(repository, server, channel)),
    ...upgradingRoutes(server),
  ];
  return doors.filter((door, at) => doors.findIndex(({ key }) => key === door.key) === at);
}

function doorsOfChannel(repository: Repository, server: Server, channel: GuardedChannel): Door[] {
  const { kind, where, guard, code } = channel;
  const isGateway = kind === 'websocket' && code?.node.type.startsWith('Class');
  const isPlain = isGateway && dependenciesOf(server.app).has('@nestjs/platform-ws');
  if (kind === 'socket.io' || (isGateway && !isPlain)) {
    const told = code && (isGateway ? gatewayPath(code) : pathOption(repository, code));
    const path = withoutSlash(told ?? '/socket.io');
    return [
      { key: `USE ${path}`, why: 'messages of socket.io', where, guard },
      { key: `UPGRADE ${path}`, why: 'messages of socket.io, over a WebSocket', where, guard },
    ];
  }
  if (kind !== 'websocket') return [];
  const why = 'messages over a WebSocket';
  if (isPlain && code) return [{ key: `UPGRADE ${withoutSlash(gatewayPath(code) ?? '/')}`, why, where, guard }];
  return socketKeys(repository, server, channel).map((key) => ({ key, why, where, guard }));
}

/** `@WebSocketGateway({ path: '/live' })` of NestJS. */
function gatewayPath({ module }: Code): string | undefined {
  return /@WebSocketGateway\([^)]*\bpath\s*:\s*['"]([^'"]+)/.exec(module.text)?.[1];
}

/** Where people connect: at the route, at the path that is an option, at those that the code asks for; else at any. */
function socketKeys(repository: Repository, server: Server, { where, code, guard }: GuardedChannel): readonly string[] {
  const routes = server.routes.filter((route) => route.where.path === where.path && route.where.line === where.line);
  if (routes.length > 0) return routes.map(({ path }) => `UPGRADE ${path}`);
  const direct = callAt(repository, where);
  if (direct !== undefined) return [`UPGRADE ${withoutSlash(direct)}`, `GET ${withoutSlash(direct)}/.websocket`];
  const path = code && pathOption(repository, code);
  if (path !== undefined) return [`UPGRADE ${withoutSlash(path)}`];
  const asked = pathsAskedFor(repository, server);
  // What the project guards itself stays open to all, and a table opens no wildcard: most clients connect to the plain address.
  const anywhere = guard.state === 'refused' ? '/' : '/*';
  return (asked.length > 0 ? asked : ['/*']).map((each) => `UPGRADE ${each === '/*' ? anywhere : each}`);
}

/** The address of `app.ws('/path', ...)` of express-ws, which has a hidden route of its own. */
function callAt(repository: Repository, { path, line }: Place): string | undefined {
  const module = repository.module(path);
  if (!module || line === undefined) return undefined;
  const call = nodesOf(module.tree, 'CallExpression').find(
    (each) => memberNameOf(each.callee) === 'ws' && isOnLine(module, each, line),
  );
  return literalOf(call?.arguments[0])?.value;
}

/** The option `path` of whatever makes a server of sockets. */
function pathOption(repository: Repository, { module, node }: Code): string | undefined {
  if (!isCall(node) && node.type !== 'NewExpression') return undefined;
  for (const given of node.arguments) {
    const options = definitionOf(repository, module, given);
    if (options?.kind !== 'code' || options.node.type !== 'ObjectExpression') continue;
    for (const property of options.node.properties) {
      if (property.type !== 'ObjectProperty' || keyNameOf(property) !== 'path') continue;
      const value = definitionOf(repository, options.module, property.value);
      return value?.kind === 'code' ? literalOf(value.node)?.value : undefined;
    }
  }
  return undefined;
}

/** What `server.on('upgrade', ...)` compares the address with. */
function pathsAskedFor(repository: Repository, { app }: Server): readonly string[] {
  const modules = app.files.flatMap(({ path, role }) => {
    const isMeant = role === 'source' && /['"]upgrade['"]/.test(repository.read(path) ?? '');
    return (isMeant ? repository.module(path) : undefined) ?? [];
  });
  return [...new Set(modules.flatMap(pathsIn))];
}

function pathsIn(module: Module): string[] {
  const handlers = nodesOf(module.tree, 'CallExpression').filter(
    ({ callee, arguments: [event] }) =>
      /^(?:on|once|addListener)$/.test(memberNameOf(callee) ?? '') && literalOf(event)?.value === 'upgrade',
  );
  return handlers.flatMap((handler) => {
    const compared = [
      ...nodesOf(handler, 'BinaryExpression').flatMap(({ operator, left, right }) =>
        /^[!=]==?$/.test(operator) ? [literalOf(left)?.value, literalOf(right)?.value] : [],
      ),
      ...nodesOf(handler, 'SwitchCase').map(({ test }) => literalOf(test)?.value),
    ];
    const exact = compared.filter((path) => path !== undefined && /^\/[\w\-./]*$/.test(path)) as string[];
    // An address that is only looked at from its beginning can be any below it.
    return /\.(?:startsWith|match|test|exec)\(/.test(textOf(module, handler)) ? [...exact, '/*'] : exact;
  });
}

/** `app.get('/live', upgradeWebSocket(...))` of Hono. */
function upgradingRoutes({ routes }: Server): Door[] {
  return routes.flatMap(({ path, where, guard, handlers }) =>
    handlers.some(isUpgrading) ? [{ key: `UPGRADE ${path}`, why: 'messages over a WebSocket', where, guard }] : [],
  );
}

function isUpgrading({ module, node }: Code): boolean {
  const around = parentsOf(module).get(node);
  return isCall(around) && /(?:^|\.)upgradeWebSocket$/.test(textOf(module, around.callee));
}

function withoutSlash(path: string): string {
  return `/${path}`.replaceAll(/\/{2,}/g, '/').replace(/(.)\/$/, '$1');
}
