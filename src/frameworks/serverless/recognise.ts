import { exportedBy } from '../../code/bindings.ts';
import { isFunction } from '../../code/calls.ts';
import { exportsOf } from '../../code/exports.ts';
import { placeOf } from '../../code/module.ts';
import type { App } from '../../repository/apps.ts';
import { joined } from '../../repository/entries.ts';
import { kindOf } from '../../repository/kinds.ts';
import type { Repository } from '../../repository/repository.ts';
import { usesOf } from '../../repository/signs.ts';
import { methodsOf } from '../next/methods.ts';
import { urlOf } from '../next/segments.ts';
import { judgeHandler } from '../refusal/handler.ts';
import type { Method, Recogniser, Route } from '../server.ts';
import { supabaseFunctionsIn } from './supabase.ts';

/** A platform that serves each file of a folder as a function. */
interface Platform {
  readonly folder: RegExp;
  /** Files of which one has to be there, unless a package is. */
  readonly marks: readonly string[];
  readonly packages: RegExp;
  readonly exported: readonly string[];
  readonly url: (name: string) => string;
}

const verbs: readonly Method[] = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'];

const platforms: readonly Platform[] = [
  {
    folder: /^(api\/.+)$/,
    marks: ['vercel.json', '.vercelignore', 'now.json'],
    packages: /^(?:@vercel\/(?:node|edge|functions)|@now\/node|vercel)$/,
    exported: ['default', ...verbs],
    url: (name) => urlOf(name.replace(/\/index$/, '').split('/')),
  },
  {
    folder: /^netlify\/(?:functions|edge-functions)\/(.+)$/,
    marks: ['netlify.toml', 'netlify'],
    packages: /^@netlify\/functions$/,
    exported: ['handler', 'default'],
    url: (name) => `/.netlify/functions/${name.split('/')[0] ?? name}`,
  },
];

/** Functions that a platform starts for each request: Vercel, Netlify, Supabase. */
const serverless: Recogniser = {
  id: 'serverless',
  title: 'Serverless functions',
  serversIn(app, repository) {
    const found = [supabaseFunctionsIn(repository, app)];
    if (kindOf(repository, app).kind !== 'next')
      found.push(...platforms.map((platform) => routesIn(repository, app, platform)));
    return found.flatMap((routes) => {
      const [first] = routes;
      if (!first) return [];
      return [
        {
          framework: 'serverless',
          app,
          where: { path: first.where.path },
          listens: undefined,
          routes,
          statics: [],
          middleware: [],
          channels: [],
          unclear: [],
        },
      ];
    });
  },
};

function routesIn(repository: Repository, app: App, platform: Platform): Route[] {
  const imports = (text: string): boolean =>
    [...text.matchAll(/['"](@[\w-]+\/[\w-]+)['"]/g)].some(([, name = '']) => platform.packages.test(name));
  const marked =
    platform.marks.some((mark) => repository.file(joined(app.root, mark)) ?? repository.file(mark)) ||
    (platform.url('x').startsWith('/.netlify') && app.root === '');
  return app.files.flatMap(({ path, role }) => {
    const inside = path.slice(app.root === '' ? 0 : app.root.length + 1);
    const name = platform.folder.exec(inside.replace(/\.[cm]?[jt]sx?$/, ''))?.[1];
    if (role !== 'source' || name === undefined || /(?:^|\/)_/.test(name)) return [];
    const text = repository.read(path) ?? '';
    return marked || imports(text) ? ofFile(repository, path, platform, platform.url(name)) : [];
  });
}

function ofFile(repository: Repository, path: string, { exported }: Platform, url: string): Route[] {
  const module = repository.module(path);
  if (!module || usesOf(repository, path).some(({ kind }) => kind === 'http')) return [];
  return exported.flatMap((name): Route[] => {
    const found = exportsOf(module).names.get(name);
    const definition = found && exportedBy(repository, module, name);
    if (!definition || definition.kind !== 'code') return [];
    const made = isFunction(definition.node) || definition.node.type === 'CallExpression';
    if (!made) return [];
    const { guard, code } = judgeHandler(repository, definition.module, definition.node);
    const method = verbs.find((verb) => verb === name) ?? 'ALL';
    const whole: Route = {
      method,
      path: url,
      where: placeOf(definition.module, definition.node),
      handlers: code ? [code] : [],
      guard,
      confidence: 'certain',
    };
    const answered = method === 'ALL' && code && isFunction(code.node) ? methodsOf(code.module, code.node) : [];
    return answered.length === 0 ? [whole] : answered.map((one) => ({ ...whole, ...one }));
  });
}

export default serverless;
