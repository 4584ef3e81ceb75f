import { prefixBeside } from '../dialect/addresses-file.ts';
import type { Identity } from '../dialect/identities.ts';
import type { Has } from '../dialect/index-pieces.ts';
import type { Kit } from '../dialect/kit.ts';
import type { Part } from '../dialect/parts.ts';
import type { Server } from '../frameworks/server.ts';
import { relayKeys } from '../dialect/upstreams-file.ts';
import { dependenciesOf, type App } from '../repository/apps.ts';
import { upstreamsFor } from './browser-keys/upstreams-there.ts';
import type { Draft } from './draft.ts';
import type { Scene } from './scene.ts';
import { servedRootOf } from './served-root.ts';
import { spendingRoutesOf } from './spending/spending-routes.ts';

/** The framework whose guards fit a server; undefined where none do. */
export function guardedFramework({ framework, app }: Server): Kit['framework'] | undefined {
  if (framework === 'nest') return insideNest(app);
  if (framework === 'fastify') return fastifyOf(dependenciesOf(app).get('fastify'));
  const guarded = ['express', 'hono', 'koa', 'node-http'] as const;
  return guarded.find((each) => each === framework);
}

/** Fastify 3 and 4 have guards of their own; those before have none. */
function fastifyOf(version = ''): Kit['framework'] | undefined {
  const major = Number(/^[\^~>=v\s]*(\d+)/.exec(version)?.[1] ?? 5);
  if (major < 3) return undefined;
  return major < 5 ? 'fastify-old' : 'fastify';
}

/** Nest hands requests to Express, unless it is told otherwise; its version 11 came with Fastify 5. */
function insideNest(app: App): Kit['framework'] | undefined {
  const platform = dependenciesOf(app).get('@nestjs/platform-fastify');
  if (platform === undefined) return 'express';
  const major = Number(/^[\^~>=v\s]*(\d+)/.exec(platform)?.[1] ?? 11);
  if (major < 8) return undefined;
  return major < 11 ? 'fastify-old' : 'fastify';
}

/** What the guard files of a project depend on. */
export function kitFor(scene: Scene, draft: Draft, framework: Kit['framework'], parts: ReadonlySet<Part>): Kit {
  const { answers, repository, server, node } = scene;
  const settings = draft
    .settings()
    .flatMap(({ name, about, code }) => (code === undefined ? [] : [{ name, about, code }]));
  const servedRoot = server && servedRootOf(repository, server);
  const spending = server ? spendingRoutesOf(repository, server) : [];
  const upstreams = upstreamsFor(scene, draft);
  return {
    framework,
    nest: server?.framework === 'nest',
    parts,
    identity: identityFor(answers.auth, node),
    signUp: answers.signUp,
    surface: answers.surface,
    access: Object.fromEntries(answers.access),
    prefix: prefixBeside([...answers.access.keys()]),
    has: server ? whatItHas(server, repository.read(server.where.path) ?? '') : {},
    settings,
    ...(servedRoot && { servedRoot }),
    spending: Object.fromEntries([...spending.map(({ key, paid }) => [key, paid] as const), ...relayKeys(upstreams)]),
    upstreams,
  };
}

/** Users of an app's own are kept in a database where its Node brings one along (`node:sqlite`, 22.13), else in a setting. */
export function identityFor(auth: 'password' | 'oidc', node: string): Identity {
  if (auth === 'oidc') return auth;
  const [major = 0, minor = 0] = node.split('.').map(Number);
  return major > 22 || (major === 22 && minor >= 13) ? 'better-auth' : 'password';
}

/** What stands in front of all routes of a server already. `text` is the file that makes it. */
function whatItHas({ middleware, framework, routes }: Server, text: string): Has {
  const packages = new Set(middleware.flatMap((each) => (each.path === '/' ? each.packages : [])));
  const has = (pattern: RegExp): boolean => [...packages].some((name) => pattern.test(name));
  const isOwn = (path: string): boolean => routes.some((route) => route.path === path);
  return {
    headers: has(/^(?:helmet|@fastify\/helmet|fastify-helmet|koa-helmet|hono\/secure-headers)$/),
    rateLimit: has(
      /^(?:express-rate-limit|express-slow-down|rate-limiter-flexible|@fastify\/rate-limit|hono-rate-limiter)$/,
    ),
    cors:
      has(/^(?:cors|@koa\/cors|koa-cors|koa2-cors|@fastify\/cors|fastify-cors|hono\/cors)$/) ||
      (framework === 'nest' && /\benableCors\s*\(|\bcors\s*:\s*(?:true|\{)/.test(text)),
    ...(framework === 'node-http' && { health: ['/livez', '/readyz'].filter(isOwn).map((path) => `GET ${path}`) }),
  };
}
