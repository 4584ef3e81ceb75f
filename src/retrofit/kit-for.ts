import type { Kit } from '../dialect/kit.ts';
import type { Part } from '../dialect/parts.ts';
import type { Server } from '../frameworks/server.ts';
import { dependenciesOf } from '../repository/apps.ts';
import type { Draft } from './draft.ts';
import type { Scene } from './scene.ts';

/** The framework whose guards fit a server; undefined where none do. */
export function guardedFramework({ framework, app }: Server): Kit['framework'] | undefined {
  if (framework === 'fastify' && /^[\^~>=v\s]*[1-4]\b/.test(dependenciesOf(app).get('fastify') ?? '')) return undefined;
  return framework === 'express' || framework === 'fastify' || framework === 'hono' ? framework : undefined;
}

/** What the guard files of a project depend on. */
export function kitFor({ answers }: Scene, draft: Draft, framework: Kit['framework'], parts: ReadonlySet<Part>): Kit {
  const settings = draft
    .settings()
    .flatMap(({ name, about, code }) => (code === undefined ? [] : [{ name, about, code }]));
  return { framework, parts, identity: answers.auth, access: Object.fromEntries(answers.access), settings };
}
