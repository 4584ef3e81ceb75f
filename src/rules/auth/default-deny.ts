import { purposeOf, type Purpose } from '../../frameworks/purpose.ts';
import type { Route, Server } from '../../frameworks/server.ts';
import { serversOf } from '../../frameworks/servers.ts';
import { lineAt } from '../../code/lines.ts';
import { placeText } from '../../repository/place.ts';
import type { Repository } from '../../repository/repository.ts';
import { defineRule, type RuleFinding } from '../rule.ts';
import { byDanger, harmOf, nameOf } from './open-route.ts';

export default defineRule({
  id: 'auth/default-deny',
  title: 'Every route refuses whoever shows no credential, unless it is declared public.',
  why: 'A route that asks nobody who they are is open to the whole internet, whatever the pages of the app show or hide.',
  weight: 'blocker',
  stage: 'prototype',
  measured: true,
  finds:
    'Walks through the code from where it starts, with every router, plugin and middleware in the order of registration, and asks for each route as somebody without any credential. A route is refused when every way ends with 401, 403, a redirect to the sign-in or an error before the handler begins its work. The name of a function is never evidence.',
  blind:
    'Guards in front of the app (a proxy, a gateway), routes that are made from data, and whether the one who is let in may do what they ask for.',
  fix: 'Put one guard before the first route, and list the routes that are public on purpose, each with its reason.',
  references: ['ASVS 8.2.1', 'ASVS 8.3.1', 'OWASP Top 10 A01', 'OWASP API2', 'OWASP API5', 'CWE-306', 'CWE-862'],
  check(repository) {
    const servers = serversOf(repository);
    if (servers.length === 0)
      return [{ verdict: 'not-applicable', message: 'no HTTP server was found in this repository' }];
    return servers.flatMap((server) => ofServer(repository, server));
  },
});

/** A tool of developers that only their own computer can reach. */
function isLocalTool({ local, where }: Server): boolean {
  return local !== undefined && /(?:^|\/)(?:scripts?|tools?|dev)\//.test(where.path);
}

function ofServer(repository: Repository, server: Server): RuleFinding[] {
  if (isLocalTool(server))
    return [
      {
        verdict: 'pass',
        message: 'a tool of developers, which listens to their own computer only',
        where: server.where,
      },
    ];
  const judged = server.routes
    .toSorted(byDanger)
    .map((route) => ({ route, purpose: route.guard.state === 'open' ? purposeOf(repository, route) : undefined }));
  const findings = judged.flatMap(({ route, purpose }) => ofRoute(repository, server, route, purpose));
  const unclear = server.unclear.map(({ where, why }): RuleFinding => ({
    verdict: 'unknown',
    message: `routes may be missing from this list: ${why}`,
    where,
  }));
  const all = [...findings, ...unclear];
  const refused = server.routes.filter(({ guard }) => guard.state === 'refused');
  if (refused.length > 0 || all.length === 0)
    all.push({
      verdict: 'pass',
      message:
        server.routes.length === 0
          ? 'no route was found that anybody could ask for'
          : `${refused.length} of ${server.routes.length} routes refuse strangers`,
      where: server.where,
    });
  return all;
}

function ofRoute(repository: Repository, server: Server, route: Route, purpose: Purpose | undefined): RuleFinding[] {
  const { guard, where } = route;
  const name = nameOf(route);
  if (guard.state === 'refused') return [];
  if (guard.state === 'unknown')
    return [
      { verdict: 'unknown', message: `whether ${name} refuses strangers could not be told: ${guard.why}`, where },
    ];
  if (guard.declared !== undefined)
    return [{ verdict: 'pass', message: `${name} is public by decision: ${guard.declared}`, where }];
  if (purpose?.shown)
    return [{ verdict: 'pass', message: `${name} ${purpose.words}: strangers need it; declare it public`, where }];
  if (purpose)
    return [
      {
        verdict: 'unknown',
        message: `${name} is open, and by its name it ${purpose.words}: decide whether strangers need it, and declare it public`,
        where,
      },
    ];
  return [failure(repository, server, route)];
}

function failure(repository: Repository, server: Server, route: Route): RuleFinding {
  const { where, guard } = route;
  const name = nameOf(route);
  const setting = guard.state === 'open' && /setting/.test(guard.why) ? `, unless a setting is made` : '';
  const who = server.local ? 'Anyone on the computer where it runs' : 'Anyone on the internet';
  const evidence = lineAt(repository, where);
  return {
    verdict: 'fail',
    key: `${route.method} ${route.path}`,
    message: `${who} can ${harmOf(route)}: ${name} asks nobody who they are${setting}.`,
    where,
    confidence: route.confidence === 'certain' ? 'certain' : 'likely',
    ...(server.local && {
      weight: 'high' as const,
      message: `${who} can ${harmOf(route)}, and everybody once it listens to more than its own computer (${placeText(server.local)}): ${name} asks nobody who they are${setting}.`,
    }),
    remedy: `Put a guard before ${name} that answers 401 to whoever shows no valid credential, or declare the route public and say why.`,
    ...(evidence !== undefined && { evidence }),
  };
}
