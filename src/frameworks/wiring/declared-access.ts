import type { Modules } from '../../code/run/modules.ts';
import type { Run } from '../../code/run/run.ts';
import type { FunctionValue, Value } from '../../code/run/values.ts';
import { textOfValue } from '../../code/run/values.ts';
import { placeOf } from '../../code/module.ts';
import type { Guard } from '../server.ts';
import { webAppOf } from './web-app.ts';

const guardModule = /(?:^|\/)guardrails\/index\.[cm]?[jt]s$/;

/** Notes that `guard(app)` of a project that create-shipshape made stands before the routes of an app. */
export function noteGuard({ module, node }: FunctionValue, [first]: readonly Value[]): Value | undefined {
  const app = webAppOf(first);
  const isGuard = 'id' in node && node.id?.type === 'Identifier' && node.id.name === 'guard';
  if (!app || !isGuard || !guardModule.test(module.path)) return undefined;
  app.guardedBy = { module, node };
  // There the guards put functions of theirs around those of the app, which are no part of it.
  return app.behaviour.framework === 'koa' || app.behaviour.framework === 'node-http' ? first : undefined;
}

/** What the access table beside the guard says of a route: public with a reason, for some, or, where there is no line, for nobody. */
export function declaredGuard(
  run: Run,
  modules: Modules,
  folder: string,
  method: string,
  path: string,
): Guard | undefined {
  const loaded = modules
    .all()
    .find(({ module }) => module.path.startsWith(folder) && /\/access\.[cm]?[jt]s$/.test(module.path));
  const table = loaded && modules.exported(run, loaded, 'access');
  if (!loaded || table?.kind !== 'record') return undefined;
  const rule = table.entries.get(`${method === 'HEAD' ? 'GET' : method} ${path}`);
  const by = placeOf(loaded.module, loaded.module.tree);
  if (!rule) return { state: 'refused', by, how: 'the access table has no line for it, so it lets nobody in' };
  const reason = rule.kind === 'record' ? textOfValue(rule.entries.get('open')) : undefined;
  if (reason !== undefined) return { state: 'open', why: 'the access table opens it', declared: reason };
  return { state: 'refused', by, how: 'the access table says who may call it' };
}
