import type { Node } from '@babel/types';
import { isCall, isFunction } from '../../code/calls.ts';
import { linesOf, type Module, placeOf, textOf } from '../../code/module.ts';
import { parentsOf } from '../../code/scopes.ts';
import { nodesOf } from '../../code/walk.ts';
import type { Code, Route, Server } from '../../frameworks/server.ts';
import type { Place } from '../../repository/place.ts';
import type { Repository } from '../../repository/repository.ts';
import { usesOf, type Mount } from './mounted.ts';
import { serverModules } from '../server-files.ts';

const packages =
  /^(?:express-rate-limit|rate-limiter-flexible|express-slow-down|express-brute|@fastify\/rate-limit|fastify-rate-limit|hono-rate-limiter|@hono-rate-limiter\/[\w-]+|koa-ratelimit|koa2-ratelimit|@nestjs\/throttler|@upstash\/ratelimit|@arcjet\/[\w-]+|limiter|@koa-stack\/[\w-]+|next-rate-limit|@vercel\/firewall)$/;

/** What an app does against being called too often. */
export interface Limits {
  /** Where a limit is put to work, with what it holds for. */
  readonly mounts: readonly Mount[];
  /** Where a limiter is made and never mounted. */
  readonly forgotten: readonly Code[];
  /** Where the app answers 429 by itself. */
  readonly byHand: readonly Code[];
}

/** The limiters of the app of a server. */
export function limitsOf(repository: Repository, { app }: Server): Limits {
  const { mounts, forgotten } = usesOf(repository, app, packages, /limit|throttl|slow-down|brute|arcjet|firewall/);
  return { mounts, forgotten, byHand: serverModules(repository, app, /\b429\b/).flatMap(answersOf) };
}

/** Where `429` is an answer of our own, and no news of an answer that somebody else gave. */
function answersOf(module: Module): Code[] {
  const parents = parentsOf(module);
  return nodesOf(module.tree, 'NumericLiteral').flatMap((node) => {
    const parent = parents.get(node);
    const isAnswer =
      node.value === 429 &&
      parent &&
      (isCall(parent) ||
        parent.type === 'ObjectProperty' ||
        parent.type === 'AssignmentExpression' ||
        parent.type === 'NewExpression');
    return isAnswer && !passesOn(module, node) ? [{ module, node }] : [];
  });
}

/** `if (error.status === 429) return response.status(429)`. */
function passesOn(module: Module, at: Node): boolean {
  const parents = parentsOf(module);
  for (let node = parents.get(at); node; node = parents.get(node))
    if (node.type === 'IfStatement' && /\b429\b|rate.?limit.*error/i.test(textOf(module, node.test))) return true;
  return false;
}

/** The limit that holds for a route; undefined where nothing was found. */
export function limitOf({ mounts, byHand }: Limits, { routes }: Server, route: Route): Place | undefined {
  const mount = mounts.find((candidate) => holdsFor(candidate, routes, route));
  if (mount) return placeOf(mount.module, mount.node);
  const own = byHand.find(({ module, node }) => isGeneral(module, node, routes) || isInside(route, module, node));
  return own && placeOf(own.module, own.node);
}

function holdsFor({ module, node, reach }: Mount, routes: readonly Route[], route: Route): boolean {
  if (reach === 'route')
    return (
      isInside(route, module, node) ||
      (route.where.path === module.path && route.where.line === linesOf(module, node).first)
    );
  if (reach !== 'everything') return route.path === reach.under || route.path.startsWith(`${reach.under}/`);
  const here = routes.filter(({ where }) => where.path === module.path);
  const isRouter =
    here.length > 0 &&
    here.length < routes.length &&
    !/\.listen\(|createApp|buildApp|express\(\)|fastify\(|new (?:Hono|Koa)\b/i.test(module.text);
  return !isRouter || route.where.path === module.path;
}

/** True for a limit outside of the handlers: middleware, a hook, a layer. */
function isGeneral(module: Module, node: Node, routes: readonly Route[]): boolean {
  return !routes.some((route) => isInside(route, module, node));
}

function isInside({ handlers }: Route, { path }: Module, { start, end }: Node): boolean {
  return handlers.some(
    ({ module, node }) =>
      module.path === path &&
      (isFunction(node) || isCall(node)) &&
      (node.start ?? 0) <= (start ?? 0) &&
      (node.end ?? 0) >= (end ?? 0),
  );
}
