import type { Place } from '../../repository/place.ts';
import { reachedFrom } from '../../repository/imported-files.ts';
import { appOf, type App } from '../../repository/apps.ts';
import { fact, type Repository } from '../../repository/repository.ts';
import { serversOf } from '../servers.ts';

/**
 * Where a program asks who is calling before any of its servers takes a connection: a file that its servers load replaces `emit` of all
 * servers, and refuses upgrades there. Undefined where there is none, or where a table opens some of them to everybody.
 */
export function serverLockOver(repository: Repository, path: string): Place | undefined {
  const app = appOf(repository, path);
  return app && locksOf(repository).get(app.root);
}

const locksOf = fact((repository: Repository): ReadonlyMap<string, Place> => {
  const locks = new Map<string, Place>();
  for (const { app, where } of serversOf(repository)) {
    const lock = locks.has(app.root) ? undefined : lockIn(repository, app, where.path);
    if (lock) locks.set(app.root, lock);
  }
  return locks;
});

const takesOver = /\bemit\b[^]*===\s*['"]upgrade['"][^]*HTTP\/1\.1 \$\{/;
const opensDoors = /['"](?:UPGRADE|USE) \/[^'"]*['"]\s*:\s*open\(/;

function lockIn(repository: Repository, app: App, from: string): Place | undefined {
  const candidates = app.files.filter(({ path, role }) => role === 'source' && mayLock(repository.read(path) ?? ''));
  if (candidates.length === 0) return undefined;
  const loaded = [...reachedFrom(repository, [from], () => false)];
  const found = candidates.find(({ path }) => loaded.includes(path));
  if (!found || loaded.some((path) => opensDoors.test(repository.read(path) ?? ''))) return undefined;
  const line = (repository.read(found.path) ?? '').split('\n').findIndex((text) => /['"]upgrade['"]/.test(text)) + 1;
  return { path: found.path, line };
}

function mayLock(text: string): boolean {
  return text.includes('prototype') && takesOver.test(text);
}
