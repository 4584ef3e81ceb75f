import type { Node } from '@babel/types';
import { placeOf, type Module } from '../code/module.ts';
import { walk } from '../code/walk.ts';
import { isClientFile } from '../repository/client-files.ts';
import type { Place } from '../repository/place.ts';
import { fact, type Repository } from '../repository/repository.ts';
import { nameOf } from './literal.ts';

/** One place that reads the environment. */
export interface EnvironmentRead {
  /** The name of the variable; undefined where the whole environment is taken. */
  readonly key: string | undefined;
  readonly place: Place;
  readonly line: string;
}

/** Set by what starts the program, or with a default that everybody knows: no setting of this project. */
export const notSettings =
  /^(?:NODE_ENV|PORT|HOST|LOG_LEVEL|CI|PWD|HOME|PATH|Path|TZ|npm_\w+|VERCEL\w*|NETLIFY\w*|RENDER\w*|GITHUB_\w+|JEST_\w+|VITEST\w*|TEST|DEBUG|FORCE_COLOR|NO_COLOR|USER|SHELL|TEMP|TMPDIR|APPDATA|LANG|NEXT_RUNTIME|NODE_OPTIONS|AWS_LAMBDA_\w+|LAMBDA_TASK_ROOT)$/;

/** Places where the code of the server reads the environment, by path and line. Tests, build settings and code for the browser are left out. */
export const environmentReads = fact((repository: Repository): readonly EnvironmentRead[] =>
  repository.files.flatMap(({ path, role }) => {
    if (role !== 'source' || /(?:^|\/)(?:scripts?|tools|bin|migrations?|seeds?|examples?|\.\w[\w-]*)\//.test(path))
      return [];
    const text = repository.read(path);
    if (!text || !/\.env\b/.test(text) || isClientFile(repository, path)) return [];
    const module = repository.module(path);
    return module ? readsIn(module) : [];
  }),
);

function readsIn(module: Module): EnvironmentRead[] {
  const found: EnvironmentRead[] = [];
  walk(module.tree.program, (node, around) => {
    if (!isEnvironment(node)) return;
    const place = placeOf(module, node);
    const line = lineOf(module, node);
    const keys = keysOf(node, around.at(-1));
    for (const key of keys.length > 0 ? keys : [undefined]) found.push({ key, place, line });
  });
  return found;
}

/** `process.env`, `Bun.env`, `Deno.env`. */
function isEnvironment(node: Node): boolean {
  if (node.type !== 'MemberExpression' && node.type !== 'OptionalMemberExpression') return false;
  const { object, property } = node;
  return (
    object.type === 'Identifier' &&
    /^(?:process|Bun|Deno)$/.test(object.name) &&
    property.type === 'Identifier' &&
    property.name === 'env'
  );
}

/** The names that are asked for: `.PORT`, `['PORT']`, `.get('PORT')`, `const { PORT } = …`. */
function keysOf(environment: Node, parent: Node | undefined): string[] {
  if (parent?.type === 'VariableDeclarator' && parent.id.type === 'ObjectPattern')
    return parent.id.properties
      .flatMap((property) => (property.type === 'ObjectProperty' ? [nameOf(property.key) ?? ''] : []))
      .filter(Boolean);
  if (
    (parent?.type !== 'MemberExpression' && parent?.type !== 'OptionalMemberExpression') ||
    parent.object !== environment
  )
    return [];
  const { property, computed } = parent;
  if (computed) return property.type === 'StringLiteral' ? [property.value] : [];
  return property.type === 'Identifier' && property.name !== 'get' ? [property.name] : [];
}

/** True for the files whose job it is to read the environment. */
export function isConfigModule(path: string): boolean {
  return /(?:^|\/)(?:config|configs|configuration|env|environment|environments|settings|conf)(?:\/|[\w.-]*\.[cm]?[jt]s$)|[\w-]*[.-](?:config|env|settings|environment)\.[cm]?[jt]s$|(?:^|\/)[\w-]*(?:Config|Env|Settings)\.[cm]?[jt]s$/.test(
    path,
  );
}

/** The line on which a node begins. */
export function lineOf({ text }: Module, { start }: Node): string {
  const at = start ?? 0;
  const end = text.indexOf('\n', at);
  return text.slice(text.lastIndexOf('\n', at) + 1, end === -1 ? undefined : end).trim();
}
