import type { Route } from '../../frameworks/server.ts';
import { serversOf } from '../../frameworks/servers.ts';
import { placeText } from '../../repository/place.ts';
import type { Repository } from '../../repository/repository.ts';
import type { Loss, LookForLoss } from './loss.ts';

interface Unguarded {
  readonly name: string;
  readonly before: Route;
  readonly after: Route;
}

/** Routes that refused strangers and no longer do. Those that lost the same guard are told together. */
export const lostGuards: LookForLoss = (before, after) => {
  const byGuard = new Map<string, Unguarded[]>();
  for (const lost of unguarded(before, after)) {
    const { guard } = lost.before;
    const by = `${guard.state === 'refused' ? placeText(guard.by) : ''} ${lost.after.guard.state}`;
    byGuard.set(by, [...(byGuard.get(by) ?? []), lost]);
  }
  return [...byGuard.values()].map(lossOf);
};

function unguarded(before: Repository, after: Repository): Unguarded[] {
  const earlier = routesOf(before);
  return [...routesOf(after)].flatMap(([name, route]) => {
    const old = earlier.get(name);
    const lost = old?.guard.state === 'refused' && route.guard.state !== 'refused';
    return old && lost ? [{ name, before: old, after: route }] : [];
  });
}

/** Routes by method and path; of one that is registered twice, the first answers. */
function routesOf(repository: Repository): Map<string, Route> {
  const routes = new Map<string, Route>();
  for (const server of serversOf(repository))
    for (const route of server.routes) {
      const name = `${server.app.root === '' ? '' : `${server.app.root}: `}${route.method} ${route.path}`;
      if (!routes.has(name)) routes.set(name, route);
    }
  return routes;
}

function lossOf(lost: readonly Unguarded[]): Loss {
  const [first] = lost as [Unguarded, ...Unguarded[]];
  const { guard } = first.before;
  const names = lost.map(({ name }) => name);
  const shown = names.slice(0, 3).join(', ') + (names.length > 3 ? ` and ${names.length - 3} more` : '');
  const open = first.after.guard.state === 'open';
  const how = guard.state === 'refused' ? ` Before, ${guard.how} (${placeText(guard.by)}).` : '';
  return {
    control: 'guard',
    rule: 'auth/default-deny',
    message: open
      ? `Strangers were refused here and are let in now: ${shown}.${how}`
      : `Strangers were refused here, and whether they still are can no longer be told: ${shown}.${how}`,
    where: first.after.where,
    remedy: 'Put the guard back before the route.',
    key: `guard ${names.join(', ')}`,
    confidence: open ? 'certain' : 'review',
    weight: 'blocker',
  };
}
