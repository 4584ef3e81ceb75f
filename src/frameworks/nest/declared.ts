import { importsOf, resolveImport } from '../../code/imports.ts';
import type { Place } from '../../repository/place.ts';
import type { Repository } from '../../repository/repository.ts';
import type { Route } from '../server.ts';
import { declaredGuard } from '../wiring/declared-access.ts';
import { wiringOf } from '../wiring/wiring.ts';

const guardModule = /(?:^|\/)guardrails\/index\.[cm]?[jt]s$/;

/** Routes as the access table of the guards has them, where the file that makes the application calls the guards; else as they are. */
export function declaredRoutes(
  repository: Repository,
  where: Place | undefined,
  routes: readonly Route[],
): readonly Route[] {
  const main = where && repository.module(where.path);
  const imported = main ? importsOf(main).map(({ specifier }) => resolveImport(repository, main.path, specifier)) : [];
  const index = imported.find((path) => path !== undefined && guardModule.test(path));
  const access = index === undefined ? undefined : repository.module(index.replace(/index(?=\.\w+$)/, 'access'));
  if (!access) return routes;
  const { run, modules } = wiringOf(repository);
  modules.load(run, access);
  const folder = access.path.replace(/[^/]+$/, '');
  return routes.map((route) => ({
    ...route,
    guard: declaredGuard(run, modules, folder, route.method, route.path) ?? route.guard,
  }));
}
