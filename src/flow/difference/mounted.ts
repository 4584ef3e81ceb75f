import { serversOf } from '../../frameworks/servers.ts';
import { appsOf } from '../../repository/apps.ts';
import type { Place } from '../../repository/place.ts';
import type { Repository } from '../../repository/repository.ts';
import type { RuleId } from '../finding.ts';
import type { LookForLoss } from './loss.ts';

interface Safeguard {
  readonly control: string;
  readonly rule: RuleId;
  /** What is gone with it, as the second half of a sentence. */
  readonly gone: string;
  readonly packages: RegExp;
}

const safeguards: readonly Safeguard[] = [
  {
    control: 'headers',
    rule: 'security/http-hardening',
    gone: 'browsers are no longer told to protect the visitors',
    packages: /^(?:helmet|@fastify\/helmet|fastify-helmet|koa-helmet|hono\/secure-headers|lusca)$/,
  },
  {
    control: 'limiter',
    rule: 'security/http-hardening',
    gone: 'nobody is slowed down who tries a thousand passwords or sends a million requests',
    packages:
      /^(?:express-rate-limit|express-slow-down|@fastify\/rate-limit|fastify-rate-limit|rate-limiter-flexible|koa-ratelimit|koa2-ratelimit|hono-rate-limiter|@nestjs\/throttler)$/,
  },
  {
    control: 'csrf',
    rule: 'auth/tokens-and-cookies',
    gone: 'another site can act in the name of a visitor who is signed in',
    packages: /^(?:csurf|csrf-csrf|csrf-sync|tiny-csrf|@fastify\/csrf-protection|koa-csrf|hono\/csrf)$/,
  },
];

/** Header, limiter and CSRF middleware that was mounted and no longer is. A package may take the place of another of its kind. */
export const unmounted: LookForLoss = (before, after) =>
  [...mountedIn(before)].flatMap(([root, earlier]) => {
    const now = mountedIn(after).get(root);
    if (!now) return [];
    return safeguards.flatMap(({ control, rule, gone, packages }) => {
      const had = [...earlier].find(([name]) => packages.test(name));
      if (!had || [...now.keys()].some((name) => packages.test(name))) return [];
      const [name, where] = had;
      return [
        {
          control,
          rule,
          message: `${name} was taken out of the app: ${gone}.`,
          where: after.file(where.path) ? { path: where.path } : { path: root === '' ? '.' : root },
          remedy: `Mount ${name} again before the first route.`,
          key: `${control} ${root}`,
        },
      ];
    });
  });

/** App to the packages that run before its routes, with the place. Where middleware cannot be followed, an import counts. */
function mountedIn(repository: Repository): Map<string, Map<string, Place>> {
  const mounted = new Map<string, Map<string, Place>>(appsOf(repository).map(({ root }) => [root, new Map()]));
  for (const { app, middleware } of serversOf(repository))
    for (const { packages, where } of middleware) for (const name of packages) mounted.get(app.root)?.set(name, where);
  for (const { root, files } of appsOf(repository))
    for (const { path, role } of files)
      if (role === 'source')
        for (const name of importedLimiters(repository.read(path) ?? ''))
          if (!mounted.get(root)?.has(name)) mounted.get(root)?.set(name, { path });
  return mounted;
}

/** Throttlers of Nest and limiters that are called by hand are no middleware: that they are imported is what can be seen. */
function importedLimiters(text: string): string[] {
  return [...text.matchAll(/['"](rate-limiter-flexible|@nestjs\/throttler)['"]/g)].map(([, name = '']) => name);
}
