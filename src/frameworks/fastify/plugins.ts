import { posix } from 'node:path';
import { top } from '../../code/run/modules.ts';
import type { Run } from '../../code/run/run.ts';
import {
  constant,
  external,
  externalPath,
  optionsOf,
  record,
  textOfValue,
  type Site,
  type Value,
} from '../../code/run/values.ts';
import { WebApp } from '../wiring/web-app.ts';

/** `register(plugin, options)`: a plugin gets an instance of its own, unless it is wrapped in `fastify-plugin`. */
export function register(
  app: WebApp,
  plugin: Value | undefined,
  options: Value | undefined,
  site: Site,
  run: Run,
): undefined {
  for (const option of plugin ? optionsOf(plugin) : []) {
    const wrapped = option.kind === 'record' ? option.entries.get('\0plugin') : undefined;
    const plain = wrapped ?? (option.kind === 'record' ? option.entries.get('default') : undefined) ?? option;
    if (plain.kind === 'record' && plain !== option) register(app, plain, options, site, run);
    else if (wrapped && plain.kind === 'function') run.invoke(plain, [app.value, options ?? record()], site);
    else if (plain.kind === 'function') runInside(app, plain, options, site, run);
    else if (plain.kind === 'external') ofPackage(app, externalPath(plain), options, site, run);
    else if (plain.kind === 'unknown')
      app.layers.push({ kind: 'unclear', why: `a plugin that could not be followed: ${plain.why}`, site });
  }
  return undefined;
}

function runInside(app: WebApp, plugin: Value, options: Value | undefined, site: Site, run: Run): void {
  const inner = new WebApp(app.behaviour, 'router', site, run);
  inner.parent = app;
  const conditional = run.conditional > 0;
  app.layers.push({ kind: 'mount', path: prefixIn(options), app: inner, site, conditional });
  // Plugins load when the code around them is done, so that they see what it decorates later on.
  run.later.push(() => {
    run.conditional = conditional ? 1 : 0;
    run.invoke(plugin, [inner.value, options ?? record(), doneOf()], site);
  });
}

function doneOf(): Value {
  return { kind: 'native', object: { type: 'done', entries: new Map(), call: () => constant(undefined) } };
}

function prefixIn(options: Value | undefined): Value | undefined {
  return options?.kind === 'record' ? options.entries.get('prefix') : undefined;
}

/** Plugins of packages that serve something themselves. */
function ofPackage(app: WebApp, path: string, options: Value | undefined, site: Site, run: Run): void {
  if (/^(?:@fastify\/|fastify-)static$/.test(path))
    app.layers.push({
      kind: 'static',
      path: prefixIn(options),
      folder: options?.kind === 'record' ? options.entries.get('root') : undefined,
      site,
    });
  if (/^(?:@fastify\/|fastify-)bearer-auth$/.test(path))
    app.layers.push({ kind: 'hook', handlers: [external('@fastify/bearer-auth')], site });
  if (/^(?:@fastify\/|fastify-)autoload$/.test(path)) autoload(app, options, site, run);
  if (/^@fastify\/swagger-ui$/.test(path) || (path === 'fastify-swagger' && isTrue(options, 'exposeRoute')))
    app.layers.push({
      kind: 'route',
      method: 'GET',
      path: (options?.kind === 'record' ? options.entries.get('routePrefix') : undefined) ?? constant('/documentation'),
      handlers: [],
      site,
      conditional: run.conditional > 0,
    });
}

function isTrue(options: Value | undefined, name: string): boolean {
  const value = options?.kind === 'record' ? options.entries.get(name) : undefined;
  return value?.kind === 'constant' && value.value === true;
}

/** `@fastify/autoload` registers every file of a folder; folders inside it become prefixes. */
function autoload(app: WebApp, options: Value | undefined, site: Site, run: Run): void {
  const folder = options?.kind === 'record' ? textOfValue(options.entries.get('dir')) : undefined;
  if (folder === undefined || !folder.startsWith(`${top}/`))
    return void app.layers.push({
      kind: 'unclear',
      why: 'plugins are loaded from a folder that is worked out at run time',
      site,
    });
  const inside = posix.normalize(folder).slice(top.length + 1);
  const base = textOfValue(prefixIn(options)) ?? '';
  const isFlat = options?.kind === 'record' && isFalse(options.entries.get('dirNameRoutePrefix'));
  for (const { path, role } of run.repository.files) {
    if (!path.startsWith(`${inside}/`) || role !== 'source' || !/\.[cm]?[jt]s$/.test(path)) continue;
    const module = run.repository.module(path);
    if (!module) continue;
    const folders = posix.dirname(path.slice(inside.length + 1)).replace(/^\.$/, '');
    const own = run.modules.exported(run, run.modules.load(run, module), 'autoPrefix');
    const names = isFlat ? '' : folders.replaceAll(/(?:^|\/)_(\w+)/g, '/:$1');
    const prefix = posix.join('/', base, textOfValue(own) ?? names);
    register(
      app,
      run.modules.exported(run, run.modules.load(run, module), 'default'),
      record([['prefix', constant(prefix === '/' ? '' : prefix)]], true),
      site,
      run,
    );
  }
}

function isFalse(value: Value | undefined): boolean {
  return value?.kind === 'constant' && value.value === false;
}
