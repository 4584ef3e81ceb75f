import type { LiveRoute } from '../protocol.ts';

const collectors: (() => LiveRoute[])[] = [];

/** A framework says how to list its routes at this moment. */
export function collectRoutes(collector: () => LiveRoute[]): void {
  collectors.push(collector);
}

/** Every route that the frameworks of this process have, each once. */
export function liveRoutes(): LiveRoute[] {
  const routes = collectors.flatMap((collect) => collect());
  return [...new Map(routes.map((route) => [`${route.method} ${route.path}`, route])).values()];
}

/** Joins a mount prefix and a path: one slash between, none at the end. */
export function joined(prefix: string, path: string): string {
  const whole = `${prefix}/${path}`.replaceAll(/\/{2,}/g, '/');
  return whole.length > 1 ? whole.replace(/\/$/, '') : whole;
}
