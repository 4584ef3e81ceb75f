import type { Server } from '../frameworks/server.ts';
import { accessKeyOf } from './access-key.ts';

const mostNamed = 5;

/** Why a server gets no guards, and what a person has to do instead. */
export function whyNotGuarded(server: Server): string {
  if (server.framework === 'next') return `${next}${openIn(server)}`;
  if (server.framework === 'nest')
    return `NestJS before version 8 is not guarded by this version: raise it, or ${proxy}`;
  if (server.framework === 'fastify')
    return `Fastify before version 3 is not guarded by this version: raise it, or ${proxy}`;
  return `a server made with ${server.framework} is not guarded by this version: ${proxy}`;
}

const proxy = 'put it behind a proxy that signs people in';

const next =
  'Next.js asks nobody who they are by itself, and this version writes no guard for it: until proxy.ts (middleware.ts before Next.js 16) ' +
  `turns strangers away from all its pages and routes, and each server action asks once more, ${proxy}`;

/** The routes that are open now, so that whoever does it by hand forgets none. */
function openIn(server: Server): string {
  const open = server.routes
    .filter(({ guard }) => guard.state !== 'refused')
    .map((route) => accessKeyOf(server, route));
  const names = [...new Set(open)];
  if (names.length === 0) return '';
  const rest = names.length > mostNamed ? ` and ${names.length - mostNamed} more` : '';
  return `. Open today: ${names.slice(0, mostNamed).join(', ')}${rest}`;
}
