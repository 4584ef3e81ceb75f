import { importsOf } from '../code/imports.ts';
import type { Module } from '../code/module.ts';
import { appsOf, dependenciesOf, type App } from './apps.ts';
import { entriesOf, joined } from './entries.ts';
import { reachedFrom } from './imported-files.ts';
import { kindOf } from './kinds.ts';
import { fact, type Repository } from './repository.ts';
import { usesOf } from './signs.ts';

/** True for code that runs in the browser and not on the server: anybody can read it, and change it. */
export function isClientFile(repository: Repository, path: string): boolean {
  return sidesOf(repository).browser.has(path) && !sidesOf(repository).server.has(path);
}

/** True for code that is sent to the browser, also where the server uses it too. */
export function isSentToBrowser(repository: Repository, path: string): boolean {
  return sidesOf(repository).browser.has(path);
}

interface Sides {
  readonly browser: ReadonlySet<string>;
  readonly server: ReadonlySet<string>;
}

/** Which files run where. A file may be on both sides. */
const sidesOf = fact((repository: Repository): Sides => {
  const starts = appsOf(repository).map((app) => startsOf(repository, app));
  const server = reachedFrom(
    repository,
    starts.flatMap((start) => start.server),
    (path) => hasDirective(repository, path, 'use client'),
  );
  const browser = reachedFrom(
    repository,
    starts.flatMap((start) => start.browser),
    (path) => hasDirective(repository, path, 'use server'),
  );
  const guessed = appsOf(repository).flatMap((app) => guessedIn(repository, app, { server, browser }));
  return { server, browser: new Set([...browser, ...guessed]) };
});

/** The directive at the top of a file. */
function hasDirective(repository: Repository, path: string, directive: string): boolean {
  if (!repository.read(path)?.includes(directive)) return false;
  return repository.module(path)?.tree.program.directives.some(({ value }) => value.value === directive) ?? false;
}

function startsOf(repository: Repository, app: App): { browser: string[]; server: string[] } {
  const browser: string[] = scriptsOfPages(repository, app);
  const server = entriesOf(repository, app)
    .filter(({ role }) => role !== 'main')
    .map(({ path }) => path);
  const next = kindOf(repository, app).kind === 'next';
  for (const { path, role } of app.files) {
    if (role !== 'source') continue;
    const inside = path.slice(app.root === '' ? 0 : app.root.length + 1);
    const side = next ? sideInNext(repository, path, inside) : sideOf(repository, path, inside);
    if (side === 'browser' || side === 'both') browser.push(path);
    if (side === 'server' || side === 'both') server.push(path);
  }
  return { browser, server: server.filter((path) => !browser.includes(path) || next) };
}

type Side = 'browser' | 'server' | 'both' | undefined;

function sideInNext(repository: Repository, path: string, inside: string): Side {
  if (hasDirective(repository, path, 'use client')) return 'browser';
  if (/^(?:src\/)?(?:middleware|proxy|instrumentation)\.|^(?:src\/)?pages\/api\//.test(inside)) return 'server';
  if (hasDirective(repository, path, 'use server') || /^(?:src\/)?app\//.test(inside)) return 'server';
  return /^(?:src\/)?pages\//.test(inside) ? 'both' : undefined;
}

function sideOf(repository: Repository, path: string, inside: string): Side {
  const text = repository.read(path) ?? '';
  if (/^(?:api|netlify\/functions|functions)\//.test(inside)) return 'server';
  const kinds = usesOf(repository, path).map(({ kind }) => kind);
  if (kinds.some((kind) => kind !== 'spa')) return 'server';
  if (kinds.length > 0 || (/use client/.test(text) && hasDirective(repository, path, 'use client'))) return 'browser';
  return undefined;
}

const pages = /\.(?:html?|ejs|hbs|handlebars|mustache|njk|pug|php|liquid)$/;

/** The scripts of the repository that its pages load. */
function scriptsOfPages(repository: Repository, app: App): string[] {
  return app.files.flatMap(({ path, role }) => {
    if (role !== 'text' || !pages.test(path)) return [];
    const folder = path.includes('/') ? path.slice(0, path.lastIndexOf('/')) : '';
    const sources = [
      ...(repository.read(path) ?? '').matchAll(
        /<script\b[^>]{0,300}?\bsrc\s*=\s*["']?([^"'\s>]+)|\bscript\([^)]{0,300}?\bsrc\s*=\s*["']([^"']+)/gi,
      ),
    ];
    return sources.flatMap(([, html, pug]) => {
      const source = (html ?? pug ?? '').replace(/[?#].*$/, '').replace(/^%PUBLIC_URL%/, '');
      if (/^(?:[a-z]+:)?\/\//i.test(source)) return [];
      const roots = [
        ...(source.startsWith('/') ? [] : [folder]),
        ...['', 'public', 'static', 'src', 'src/public', 'client'].map((name) => joined(app.root, name)),
        folder,
      ];
      return roots.map((root) => joined(root, source)).find((candidate) => repository.file(candidate)) ?? [];
    });
  });
}

const clientFolder = /(?:^|\/)(?:client|frontend|front-end|webapp|browser|public|www)\//;
const native = new Set(['react-native', 'expo']);

/** Files that nothing reaches, in places where only browser code lies: beside files that the page loads, or in a folder named for it. */
function guessedIn(repository: Repository, app: App, sides: Sides): string[] {
  const page = kindOf(repository, app).kind === 'spa' || [...native].some((name) => dependenciesOf(app).has(name));
  const topOf = (path: string): string => path.slice(app.root === '' ? 0 : app.root.length + 1).replace(/\/.*$/, '/');
  const loaded = new Set(app.files.filter(({ path }) => sides.browser.has(path)).map(({ path }) => topOf(path)));
  return app.files.flatMap(({ path, role }) => {
    if (role !== 'source' || sides.server.has(path)) return [];
    if (!clientFolder.test(path) && !(page && (loaded.size === 0 || loaded.has(topOf(path))))) return [];
    const module = repository.module(path);
    return module && !needsNode(module) ? [path] : [];
  });
}

/** True for code that a browser could not run. */
function needsNode(module: Module): boolean {
  return (
    module.text.startsWith('#!') ||
    /\bprocess\.(?:argv|exit|cwd|stdout)\b/.test(module.text) ||
    importsOf(module).some(
      ({ specifier, kind }) =>
        /^(?:node:|(?:fs|path|http|https|child_process|os|net|express|dotenv)$)/.test(specifier) ||
        (kind === 'require' && /\bmodule\.exports\b/.test(module.text)),
    )
  );
}
