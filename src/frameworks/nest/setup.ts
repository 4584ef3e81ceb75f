import type { Node } from '@babel/types';
import { definitionOf } from '../../code/bindings.ts';
import { calleeNameOf, isCall, keyNameOf, memberNameOf, unwrapped, type Call } from '../../code/calls.ts';
import { textValueOf } from '../../code/literals.ts';
import { placeOf, textOf, type Module } from '../../code/module.ts';
import { nodesOf } from '../../code/walk.ts';
import type { App } from '../../repository/apps.ts';
import { joined } from '../../repository/entries.ts';
import type { Place } from '../../repository/place.ts';
import type { Repository } from '../../repository/repository.ts';
import type { Code, Middleware, StaticFolder } from '../server.ts';

/** What the start of an application says of all its routes. */
export interface Setup {
  readonly where: Place | undefined;
  readonly listens: Place | undefined;
  /** What `NestFactory.create` is given. */
  readonly root: Code | undefined;
  readonly prefix: string;
  /** False when the prefix is only a likely one: an environment variable has the last word. */
  readonly certain: boolean;
  /** Paths that the prefix leaves out. */
  readonly unprefixed: readonly string[];
  /** The version of routes that name none, and what stands before it in the URL; undefined without versions in the URL. */
  readonly versions: { readonly before: string; readonly normal: readonly string[] } | undefined;
  readonly guards: readonly Code[];
  readonly middleware: readonly Middleware[];
  readonly statics: readonly StaticFolder[];
}

/** The set-up of an application, wherever its calls stand. */
export function setupOf(repository: Repository, app: App): Setup {
  const calls = app.files.flatMap(({ path, role }) => {
    const text = role === 'source' ? repository.read(path) : undefined;
    const module =
      text !== undefined && /\bNestFactory\b|\bINestApplication\b|\bNestExpressApplication\b|setGlobalPrefix/.test(text)
        ? repository.module(path)
        : undefined;
    return module
      ? nodesOf(module.tree, 'CallExpression').map((call) => ({ module, call, name: memberNameOf(call.callee) ?? '' }))
      : [];
  });
  const named = (name: string): readonly { module: Module; call: Call }[] => calls.filter((one) => one.name === name);
  const created = calls.filter(({ call }) =>
    /^NestFactory\.(?:create|createMicroservice)$/.test(calleeNameOf(call) ?? ''),
  );
  const listening = new Set(named('listen').map(({ module }) => module));
  const create = created.find(({ module }) => listening.has(module)) ?? created[0];
  const [prefix] = named('setGlobalPrefix');
  const [listen] = named('listen');
  const [root] = create?.call.arguments ?? [];
  const read = prefix && prefixOf(repository, prefix.module, prefix.call.arguments[0], app);
  return {
    where: create && placeOf(create.module, create.call),
    listens: listen && placeOf(listen.module, listen.call),
    root: create && root ? { module: create.module, node: root } : undefined,
    prefix: read?.text ?? '',
    certain: read?.certain ?? true,
    unprefixed: prefix ? excludedBy(repository, prefix) : [],
    versions: versionsOf(repository, named('enableVersioning')),
    guards: named('useGlobalGuards').flatMap(({ module, call }) => call.arguments.map((node) => ({ module, node }))),
    middleware: named('use').flatMap(({ module, call }) => middlewareOf(repository, module, call)),
    statics: named('useStaticAssets').map(({ module, call }) => staticOf(repository, app, module, call)),
  };
}

/** The prefix: a text, the text after `||`, or what an env file of the repository gives the variable. */
function prefixOf(
  repository: Repository,
  module: Module,
  node: Node | undefined,
  app: App,
): { text: string; certain: boolean } | undefined {
  if (!node) return undefined;
  const plain = unwrapped(node);
  const text = textValueOf(repository, module, plain);
  if (text !== undefined) return { text, certain: true };
  const definition = plain.type === 'Identifier' ? definitionOf(repository, module, plain) : undefined;
  const made = definition?.kind === 'code' ? unwrapped(definition.node) : plain;
  if (made.type === 'LogicalExpression') {
    const fallback = textValueOf(repository, module, made.right);
    if (fallback !== undefined) return { text: fallback, certain: false };
  }
  const setting = /\bget(?:OrThrow)?\b[^'"]*['"](?:[\w.]+\.)?(\w+)['"]/.exec(textOf(module, made))?.[1];
  const ofSetting = setting === undefined ? undefined : fallbackOf(repository, app, setting);
  if (ofSetting !== undefined) return { text: ofSetting, certain: false };
  const variable = /\b([A-Z][A-Z0-9_]+)\b/.exec(textOf(module, made))?.[1];
  for (const name of ['.env', '.env.example', '.env.template', '.env.sample', '.env.development']) {
    const value =
      variable &&
      new RegExp(`^${variable}\\s*=\\s*["']?([\\w/.-]+)`, 'm').exec(repository.read(joined(app.root, name)) ?? '')?.[1];
    if (value) return { text: value, certain: false };
  }
  return { text: '', certain: false };
}

/** What a setting is where nothing else says so: `apiPrefix: process.env.API_PREFIX || 'api'`. */
function fallbackOf(repository: Repository, { files }: App, name: string): string | undefined {
  const pattern = new RegExp(`\\b${name}\\s*:[^,\\n]*(?:\\|\\||\\?\\?)\\s*['"]([\\w/.-]+)['"]`);
  for (const { path, role } of files) {
    const found = role === 'source' ? pattern.exec(repository.read(path) ?? '')?.[1] : undefined;
    if (found !== undefined) return found;
  }
  return undefined;
}

function excludedBy(repository: Repository, { module, call }: { module: Module; call: Call }): string[] {
  const options = call.arguments[1];
  if (options?.type !== 'ObjectExpression') return [];
  const list = options.properties.find(
    (property) => property.type === 'ObjectProperty' && keyNameOf(property) === 'exclude',
  );
  return nodesOf(list ?? options, 'StringLiteral', 'TemplateLiteral').flatMap(
    (node) => textValueOf(repository, module, node) ?? [],
  );
}

function versionsOf(repository: Repository, calls: readonly { module: Module; call: Call }[]): Setup['versions'] {
  const [first] = calls;
  if (!first) return undefined;
  const [options] = first.call.arguments;
  const text = options ? textOf(first.module, options) : '';
  if (/VersioningType\.(?:HEADER|MEDIA_TYPE|CUSTOM)/.test(text)) return undefined;
  const value = (name: string): Node | undefined => {
    const found =
      options?.type === 'ObjectExpression'
        ? options.properties.find((property) => property.type === 'ObjectProperty' && keyNameOf(property) === name)
        : undefined;
    return found?.type === 'ObjectProperty' ? found.value : undefined;
  };
  const prefix = value('prefix');
  const before =
    prefix?.type === 'BooleanLiteral' ? '' : ((prefix && textValueOf(repository, first.module, prefix)) ?? 'v');
  const normal = value('defaultVersion');
  return { before, normal: normal ? textsIn(repository, first.module, normal) : [] };
}

/** The texts of one text or a list of texts. */
export function textsIn(repository: Repository, module: Module, node: Node): string[] {
  const plain = unwrapped(node);
  if (plain.type !== 'ArrayExpression') return [textValueOf(repository, module, plain) ?? []].flat();
  return plain.elements.flatMap((element) => (element ? (textValueOf(repository, module, element) ?? []) : []));
}

function middlewareOf(repository: Repository, module: Module, call: Call): Middleware[] {
  const node = call.arguments.at(-1);
  if (!node) return [];
  const path =
    call.arguments.length > 1 && call.arguments[0] ? (textValueOf(repository, module, call.arguments[0]) ?? '/') : '/';
  const definition = definitionOf(repository, module, isCall(node) ? node.callee : node);
  const packages = definition?.kind === 'package' ? [definition.name] : [];
  return [{ path, where: placeOf(module, call), code: { module, node }, packages }];
}

function staticOf(repository: Repository, app: App, module: Module, call: Call): StaticFolder {
  const [folder] = call.arguments;
  const name =
    folder &&
    [...textOf(module, folder).matchAll(/['"`]([\w.-/]+)['"`]/g)]
      .map(([, part = '']) => part)
      .filter((part) => part !== '..')
      .join('/');
  const path = name ? joined(app.root, name) : undefined;
  const prefix = call.arguments[1] && /prefix:\s*['"]([^'"]+)/.exec(textOf(module, call.arguments[1]))?.[1];
  return {
    path: prefix ?? '/',
    folder: path !== undefined && repository.files.some((file) => file.path.startsWith(`${path}/`)) ? path : undefined,
    where: placeOf(module, call),
  };
}
