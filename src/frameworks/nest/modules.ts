import type { Node, ObjectExpression } from '@babel/types';
import { definitionOf } from '../../code/bindings.ts';
import { calleeNameOf, isCall, isFunction, keyNameOf, memberNameOf, objectOf, unwrapped } from '../../code/calls.ts';
import { textValueOf } from '../../code/literals.ts';
import { nodesOf } from '../../code/walk.ts';
import type { Repository } from '../../repository/repository.ts';
import type { Code } from '../server.ts';
import { decoratorsOf } from './decorators.ts';

/** A class with its file. */
export interface ClassCode extends Code {
  readonly node: Extract<Node, { type: 'ClassDeclaration' | 'ClassExpression' }>;
}

/** What the modules of an application hold together. */
export interface Wiring {
  readonly controllers: readonly { readonly controller: ClassCode; readonly prefix: string }[];
  /** What `APP_GUARD` provides. */
  readonly guards: readonly Code[];
  /** Module classes, for their `configure(consumer)`. */
  readonly modules: readonly ClassCode[];
  readonly unclear: readonly { readonly code: Code; readonly why: string }[];
}

/** Everything that is reached from a root module through `imports`. */
export function wiringOf(repository: Repository, root: Code): Wiring {
  const found = {
    controllers: [] as { controller: ClassCode; prefix: string }[],
    guards: [] as Code[],
    modules: [] as ClassCode[],
    unclear: [] as { code: Code; why: string }[],
  };
  const prefixes = new Map<Node, string>();
  const seen = new Set<Node>();
  const pending: Code[] = [root];
  for (let next = pending.shift(); next; next = pending.shift()) {
    for (const { options, owner } of optionsOf(repository, next)) {
      if (seen.has(options.node)) continue;
      seen.add(options.node);
      if (owner) found.modules.push(owner);
      const prefix = owner ? (prefixes.get(owner.node) ?? '') : '';
      for (const item of listed(repository, options, 'imports')) {
        routerPrefixes(repository, item, prefixes);
        pending.push(item);
      }
      for (const item of listed(repository, options, 'controllers')) {
        const controller = classOf(repository, item);
        if (controller) found.controllers.push({ controller, prefix });
        else found.unclear.push({ code: item, why: 'a controller that could not be followed' });
      }
      for (const item of listed(repository, options, 'providers')) found.guards.push(...guardProvided(item));
    }
  }
  return {
    ...found,
    controllers: found.controllers.map(({ controller, prefix }) => ({
      controller,
      prefix: prefix || (ownerPrefix(found.modules, prefixes, repository, controller) ?? ''),
    })),
  };
}

/** A prefix of RouterModule may be read after its module. */
function ownerPrefix(
  modules: readonly ClassCode[],
  prefixes: ReadonlyMap<Node, string>,
  repository: Repository,
  controller: ClassCode,
): string | undefined {
  for (const owner of modules) {
    const prefix = prefixes.get(owner.node);
    if (prefix === undefined) continue;
    for (const { options } of optionsOf(repository, owner))
      if (
        listed(repository, options, 'controllers').some((item) => classOf(repository, item)?.node === controller.node)
      )
        return prefix;
  }
  return undefined;
}

interface Options extends Code {
  readonly node: ObjectExpression;
}

/** The objects that describe a module: of `@Module({...})`, and of what a static `forRoot()` returns. */
function optionsOf(repository: Repository, item: Code): { options: Options; owner: ClassCode | undefined }[] {
  const plain = unwrapped(item.node);
  if (isCall(plain)) {
    const [first] = plain.arguments;
    if (calleeNameOf(plain) === 'forwardRef' && first && isFunction(first) && first.body.type !== 'BlockStatement')
      return optionsOf(repository, { module: item.module, node: first.body });
    const object = objectOf(plain.callee);
    const owner = object && classOf(repository, { module: item.module, node: object });
    const method = owner?.node.body.body.find(
      (member) => member.type === 'ClassMethod' && keyNameOf(member) === memberNameOf(plain.callee),
    );
    const returned = method
      ? nodesOf(method, 'ReturnStatement').flatMap(({ argument }) =>
          argument?.type === 'ObjectExpression' ? [argument] : [],
        )
      : [];
    return owner
      ? [...ofClass(repository, owner), ...returned.map((node) => ({ options: { module: owner.module, node }, owner }))]
      : [];
  }
  const owner = classOf(repository, item);
  return owner ? ofClass(repository, owner) : [];
}

function ofClass(repository: Repository, owner: ClassCode): { options: Options; owner: ClassCode }[] {
  return decoratorsOf(repository, owner.module, owner.node).flatMap(({ name, args: [first] }) =>
    name === 'Module' && first?.type === 'ObjectExpression'
      ? [{ options: { module: owner.module, node: first }, owner }]
      : [],
  );
}

/** The items of a list in an object: `imports: [A, ...more]`. */
function listed(repository: Repository, { module, node }: Options, name: string): Code[] {
  const property = node.properties.find(
    (candidate) => candidate.type === 'ObjectProperty' && keyNameOf(candidate) === name,
  );
  return property?.type === 'ObjectProperty' ? items(repository, { module, node: property.value }) : [];
}

function items(repository: Repository, { module, node }: Code, steps = 5): Code[] {
  const plain = unwrapped(node);
  if (steps > 0 && plain.type === 'Identifier') {
    const definition = definitionOf(repository, module, plain);
    if (definition?.kind === 'code' && definition.node.type === 'ArrayExpression')
      return items(repository, definition, steps - 1);
  }
  if (plain.type !== 'ArrayExpression') return [{ module, node: plain }];
  return plain.elements.flatMap((element) => {
    if (element?.type === 'SpreadElement') return items(repository, { module, node: element.argument }, steps - 1);
    return element ? [{ module, node: element }] : [];
  });
}

/** The class that a name means. */
export function classOf(repository: Repository, { module, node }: Code): ClassCode | undefined {
  const definition = definitionOf(repository, module, node);
  if (definition?.kind !== 'code') return undefined;
  const { node: made } = definition;
  return made.type === 'ClassDeclaration' || made.type === 'ClassExpression'
    ? { module: definition.module, node: made }
    : undefined;
}

/** `{ provide: APP_GUARD, useClass: JwtAuthGuard }`. */
function guardProvided({ module, node }: Code): Code[] {
  if (node.type !== 'ObjectExpression') return [];
  const value = (name: string): Node | undefined => {
    const property = node.properties.find(
      (candidate) => candidate.type === 'ObjectProperty' && keyNameOf(candidate) === name,
    );
    return property?.type === 'ObjectProperty' ? property.value : undefined;
  };
  const token = value('provide');
  if (token?.type !== 'Identifier' || token.name !== 'APP_GUARD') return [];
  const guard = value('useClass') ?? value('useExisting') ?? value('useValue') ?? value('useFactory');
  return guard ? [{ module, node: guard }] : [];
}

/** `RouterModule.register([{ path: 'admin', module: AdminModule, children: [...] }])`. */
function routerPrefixes(repository: Repository, { module, node }: Code, prefixes: Map<Node, string>): void {
  if (!isCall(node) || calleeNameOf(node) !== 'RouterModule.register') return;
  const read = (list: Node | undefined, above: string): void => {
    if (list?.type !== 'ArrayExpression') return;
    for (const entry of list.elements) {
      if (entry?.type !== 'ObjectExpression') continue;
      const value = (name: string): Node | undefined => {
        const property = entry.properties.find(
          (candidate) => candidate.type === 'ObjectProperty' && keyNameOf(candidate) === name,
        );
        return property?.type === 'ObjectProperty' ? property.value : undefined;
      };
      const path = value('path');
      const prefix = `${above}/${(path && textValueOf(repository, module, path)) ?? ''}`;
      const target = value('module');
      const owner = target && classOf(repository, { module, node: target });
      if (owner) prefixes.set(owner.node, prefix);
      read(value('children'), prefix);
    }
  };
  read(node.arguments[0], '');
}
