import { exportedBy } from '../../code/bindings.ts';
import { isFunction } from '../../code/calls.ts';
import { exportsOf, type Export } from '../../code/exports.ts';
import { placeOf, type Module } from '../../code/module.ts';
import type { App } from '../../repository/apps.ts';
import type { Repository } from '../../repository/repository.ts';
import { judgeHandler, type Judged } from '../refusal/handler.ts';
import type { Method, Route } from '../server.ts';
import type { Gate } from './middleware.ts';
import { methodsOf } from './methods.ts';
import { urlOf } from './segments.ts';
import { middlewareHolds } from './version.ts';

const verbs: readonly Method[] = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'];

/** Every route of an app: route files of the app router and files of pages/api. */
export function routesIn(repository: Repository, app: App, base: string, gate: Gate | undefined): Route[] {
  return app.files.flatMap(({ path, role }) => {
    if (role === 'test' || role === 'fixture') return [];
    const inside = path.slice(app.root === '' ? 0 : app.root.length + 1);
    const route = /^(?:src\/)?app\/((?:.+\/)?)route\.[cm]?[jt]sx?$/.exec(inside)?.[1];
    const api = /^(?:src\/)?pages\/(api\/.+|api)\.[cm]?[jt]sx?$/.exec(inside)?.[1];
    const module = route === undefined && api === undefined ? undefined : repository.module(path);
    if (!module) return [];
    const segments = (route ?? api ?? '')
      .split('/')
      .filter((segment, index, all) => !(api !== undefined && index === all.length - 1 && segment === 'index'));
    const url = (base + urlOf(segments)).replace(/(?<=.)\/$/, '');
    const found = route === undefined ? ofPage(repository, module, url) : ofVerbs(repository, module, url);
    return found.map((one) => behind(repository, app, gate, one));
  });
}

function ofVerbs(repository: Repository, module: Module, path: string): Route[] {
  const { names } = exportsOf(module);
  return verbs.flatMap((method) => {
    const exported = names.get(method);
    return exported ? [routeOf(repository, module, { method, path, name: method, exported })] : [];
  });
}

/** A file of pages/api answers every method, unless it looks at the method itself. */
function ofPage(repository: Repository, module: Module, path: string): Route[] {
  const exported = exportsOf(module).names.get('default');
  if (!exported) return [];
  const whole = routeOf(repository, module, { method: 'ALL', path, name: 'default', exported });
  const [code] = whole.handlers;
  const answered = code && isFunction(code.node) ? methodsOf(code.module, code.node) : [];
  return answered.length === 0 ? [whole] : answered.map(({ method, where }) => ({ ...whole, method, where }));
}

function routeOf(
  repository: Repository,
  module: Module,
  { method, path, name, exported }: { method: Method; path: string; name: string; exported: Export },
): Route {
  const { guard, code } = judge(repository, module, name, exported);
  const where = exported.kind === 'here' ? placeOf(module, exported.node) : { path: module.path, line: 1 };
  return { method, path, where, handlers: code ? [code] : [], guard, confidence: 'certain' };
}

function judge(repository: Repository, module: Module, name: string, exported: Export): Judged {
  const definition = exportedBy(repository, module, name);
  if (definition?.kind === 'code')
    return signInOr(module, judgeHandler(repository, definition.module, definition.node));
  const from = definition?.kind === 'package' ? definition.name : undefined;
  if (exported.kind === 'here' && from === undefined)
    return signInOr(module, judgeHandler(repository, module, exported.node));
  const why = `it is answered by ${from ?? 'code that could not be followed'}`;
  return signInOr(module, { code: undefined, guard: { state: 'unknown', why } });
}

const signIn = 'it is where people sign in';

/** `export const { GET, POST } = handlers` of a sign-in library, in `[...nextauth]`: strangers are meant to call it. */
function signInOr(module: Module, judged: Judged): Judged {
  const isOwn = /\[\.\.\.(?:nextauth|auth|all|better-auth)\]/i.test(module.path);
  if (judged.guard.state !== 'unknown' && !isOwn) return judged;
  if (!isOwn && !/\b(?:NextAuth|toNextJsHandler|handlers|handleAuth)\b/.test(module.text)) return judged;
  return { ...judged, guard: { state: 'open', why: signIn } };
}

/** A route that only the gate keeps: open where a header walks around the gate. */
function behind(repository: Repository, app: App, gate: Gate | undefined, route: Route): Route {
  const { guard } = route;
  if (guard.state === 'refused' || (guard.state === 'open' && guard.why === signIn)) return route;
  const by = gate?.refusalFor(route.path);
  if (!gate || !by) return route;
  const file = gate.module.path.split('/').at(-1);
  if (middlewareHolds(repository, app))
    return {
      ...route,
      guard: { state: 'refused', by, how: `${file}, and nothing in the route itself` },
    };
  const why = `only ${file} asks who is calling, and in this version of Next.js one header walks around it (CVE-2025-29927)`;
  return { ...route, guard: { state: 'open', why }, confidence: 'likely' };
}
