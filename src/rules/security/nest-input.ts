import type { Decorator, Node } from '@babel/types';
import { definitionOf } from '../../code/bindings.ts';
import { isCall, isFunction } from '../../code/calls.ts';
import { importsOf } from '../../code/imports.ts';
import { textOf, type Module } from '../../code/module.ts';
import { parentsOf } from '../../code/scopes.ts';
import { nodesOf } from '../../code/walk.ts';
import type { App } from '../../repository/apps.ts';
import type { Code } from '../../frameworks/server.ts';
import type { Repository } from '../../repository/repository.ts';
import { validators } from './schema-parse.ts';

/** The pipe that checks all input of a Nest app. */
export interface GlobalPipe {
  readonly code: Code;
  /** True when it refuses or drops fields that nobody has listed. */
  readonly listsFields: boolean;
}

/** `app.useGlobalPipes(new ValidationPipe({…}))`, or a provider of APP_PIPE. */
export function globalPipeOf(repository: Repository, app: App): GlobalPipe | undefined {
  for (const { path, role } of app.files) {
    const text = role === 'source' ? repository.read(path) : undefined;
    if (!text || !/useGlobalPipes|APP_PIPE/.test(text)) continue;
    const module = repository.module(path);
    if (!module) continue;
    const call = nodesOf(module.tree, 'CallExpression').find(({ callee }) =>
      textOf(module, callee).endsWith('useGlobalPipes'),
    );
    const made = nodesOf(module.tree, 'NewExpression', 'ObjectExpression').find(
      (node) =>
        /Pipe\b/.test(textOf(module, node)) &&
        (node.type === 'NewExpression' || /\bAPP_PIPE\b/.test(textOf(module, node))),
    );
    if (call ?? made)
      return {
        code: { module, node: call ?? made ?? module.tree },
        listsFields: /whitelist:\s*true|Zod|Joi/.test(text),
      };
  }
  return undefined;
}

/** How the body arrives in a method of a controller; undefined when it takes none. */
export type NestBody =
  | { readonly kind: 'checked'; readonly at: Node }
  /** A class whose fields carry rules, so that the global pipe can check it. */
  | { readonly kind: 'needs pipe'; readonly at: Node }
  | { readonly kind: 'unchecked'; readonly at: Node };

/** The `@Body()` of a method, and whether something checks it before the method runs. */
export function nestBodyOf(repository: Repository, { module, node }: Code): NestBody | undefined {
  if (!isFunction(node)) return undefined;
  for (const parameter of node.params) {
    const decorators = 'decorators' in parameter ? (parameter.decorators ?? []) : [];
    const body = decorators.find((decorator) => nameOf(decorator) === 'Body');
    if (!body) continue;
    if (hasPipe(body) || usesPipes(module, node)) return { kind: 'checked', at: parameter };
    return { kind: isCheckedClass(repository, module, parameter) ? 'needs pipe' : 'unchecked', at: parameter };
  }
  return undefined;
}

function nameOf({ expression }: Decorator): string | undefined {
  const named = isCall(expression) ? expression.callee : expression;
  return named.type === 'Identifier' ? named.name : undefined;
}

function hasPipe({ expression }: Decorator): boolean {
  return isCall(expression) && expression.arguments.some(({ type }) => type !== 'StringLiteral');
}

function usesPipes(module: Module, method: Node): boolean {
  const parents = parentsOf(module);
  for (let node: Node | undefined = method; node; node = parents.get(node)) {
    const decorators = 'decorators' in node ? (node.decorators as Decorator[] | null | undefined) : undefined;
    if (decorators?.some((decorator) => nameOf(decorator) === 'UsePipes')) return true;
  }
  return false;
}

/** A class with rules on its fields, one made from a schema, or one that cannot be looked into. */
function isCheckedClass(repository: Repository, module: Module, parameter: Node): boolean {
  const [reference] = nodesOf(parameter, 'TSTypeReference');
  const definition = reference && definitionOf(repository, module, reference.typeName);
  if (!definition) return false;
  if (definition.kind === 'package') return true;
  if (definition.kind !== 'code' || !definition.node.type.startsWith('Class')) return false;
  const usesRules = importsOf(definition.module).some(
    ({ specifier }) => validators.has(specifier) || /^@nestjs\/(?:mapped-types|swagger)$/.test(specifier),
  );
  return usesRules || /extends\s+\w+/.test(textOf(definition.module, definition.node).slice(0, 200));
}
