import { definitionOf, functionOf } from '../../code/bindings.ts';
import { dottedNamesOf, isCall, isFunction, memberNameOf, objectOf } from '../../code/calls.ts';
import type { Node } from '@babel/types';
import { placeOf, type Module } from '../../code/module.ts';
import { nodesOf, walk } from '../../code/walk.ts';
import type { Code, Route, Server } from '../../frameworks/server.ts';
import type { Place } from '../../repository/place.ts';
import type { Repository } from '../../repository/repository.ts';
import { accessKeyOf } from '../access-key.ts';
import { calledFunction } from './called-function.ts';
import { serviceNamed } from './named-address.ts';
import { serviceOfAddress, serviceOfPackage, type PaidService } from './paid-services.ts';

/** A route that costs money each time it is called. */
export interface SpendingRoute {
  /** As in the access table: `POST /chat`. */
  readonly key: string;
  /** Who is paid: `OpenAI`. */
  readonly paid: string;
  readonly where: Place;
}

/** The routes of a server whose handlers, or the functions that they call, use a paid service. */
export function spendingRoutesOf(repository: Repository, server: Server): readonly SpendingRoute[] {
  return server.routes.flatMap((route): SpendingRoute[] => {
    const service = paidBy(repository, route);
    return service ? [{ key: accessKeyOf(server, route), paid: service.title, where: route.where }] : [];
  });
}

/** Handlers of messages (`socket.on('ask', …)`) that use a paid service: no budget counts messages. */
export function spendingMessagesOf(repository: Repository, { app }: Server): readonly Omit<SpendingRoute, 'key'>[] {
  const modules = app.files.flatMap(({ path, role }) => {
    const text = role === 'source' ? repository.read(path) : undefined;
    return (
      (text !== undefined && /socket|\bwss?\b/i.test(text) && /\.on\(/.test(text) && repository.module(path)) || []
    );
  });
  return modules.flatMap((module) =>
    nodesOf(module.tree, 'CallExpression').flatMap((call) => {
      const [event, handler] = call.arguments;
      const object = objectOf(call.callee);
      const isSocket = object?.type === 'Identifier' && /^(?:socket|ws|client|connection|conn)$/.test(object.name);
      if (!isSocket || memberNameOf(call.callee) !== 'on' || event?.type !== 'StringLiteral' || !handler) return [];
      const code = isFunction(handler) ? { module, node: handler } : functionOf(repository, module, handler);
      const service = code && paidBy(repository, { handlers: [code] });
      return service ? [{ paid: service.title, where: placeOf(module, call) }] : [];
    }),
  );
}

const deepest = 5;
const most = 200; // functions looked into for one route

function paidBy(repository: Repository, { handlers }: Pick<Route, 'handlers'>): PaidService | undefined {
  const seen = new Set<Node>();
  let found: PaidService | undefined;
  const look = ({ module, node }: Code, depth: number): void => {
    if (found || seen.has(node) || seen.size > most || depth === 0) return;
    seen.add(node);
    walk(node, (inner) => {
      if (found) return 'skip';
      found = serviceAt(repository, module, inner);
      if (found || !isCall(inner)) return undefined;
      const called = calledFunction(repository, module, inner.callee);
      if (called) look(called, depth - 1);
      // A function that is handed on, such as the one in `retry(() => ask())`, stands here anyway; one that has a name is looked for.
      for (const given of inner.arguments) {
        const passed = given.type === 'Identifier' ? functionOf(repository, module, given) : undefined;
        if (passed) look(passed, depth - 1);
      }
      return undefined;
    });
  };
  for (const handler of handlers) look(handler, deepest);
  return found;
}

/** The paid service that a piece of code uses: by an address, by a call of what a package has made. */
function serviceAt(repository: Repository, module: Module, node: Node): PaidService | undefined {
  if (node.type === 'StringLiteral') return serviceOfAddress(node.value);
  if (node.type === 'TemplateElement') return serviceOfAddress(node.value.cooked ?? '');
  if (node.type === 'Identifier' || node.type === 'MemberExpression') return serviceNamed(repository, module, node);
  if (!isCall(node)) return undefined;
  const service = maker(repository, module, node.callee);
  if (!service) return undefined;
  const last = memberNameOf(node.callee) ?? dottedNamesOf(node.callee)?.at(-1) ?? '';
  return !service.calls || service.calls.test(last) ? service : undefined;
}

/** Whose package has made what an expression begins with: `openai` of `openai.chat.completions.create`. */
function maker(repository: Repository, module: Module, node: Node, steps = 12): PaidService | undefined {
  if (steps === 0) return undefined;
  const found = definitionOf(repository, module, node);
  if (found?.kind === 'package') return serviceOfPackage(found.name);
  if (found?.kind === 'code' && found.node !== node) return makerOfCode(repository, found, steps - 1);
  if (isCall(node) || node.type === 'NewExpression' || node.type === 'AwaitExpression')
    return makerOfCode(repository, { module, node }, steps - 1);
  const object = objectOf(node);
  if (object && object.type !== 'ThisExpression') return maker(repository, module, object, steps - 1);
  const given = givenLater(module, node);
  return given && makerOfCode(repository, given, steps - 1);
}

function makerOfCode(repository: Repository, { module, node }: Code, steps: number): PaidService | undefined {
  if (node.type === 'AwaitExpression') return maker(repository, module, node.argument, steps);
  if (isCall(node) || node.type === 'NewExpression') return maker(repository, module, node.callee, steps);
  if (!isFunction(node)) return undefined;
  // A function that makes it: `const ai = clientOf(key)`.
  for (const made of nodesOf(node, 'NewExpression')) {
    const service = maker(repository, module, made.callee, steps - 1);
    if (service) return service;
  }
  return undefined;
}

/** `let client; … client = new OpenAI()`, and `this.client = new OpenAI()` in the same file. */
function givenLater(module: Module, base: Node): Code | undefined {
  const name = base.type === 'Identifier' ? base.name : memberNameOf(base);
  const given = nodesOf(module.tree, 'AssignmentExpression').find(({ left, right }) => {
    const own = left.type === 'Identifier' ? left.name : memberNameOf(left);
    return name !== undefined && own === name && /^(?:New|Call|Await)Expression$/.test(right.type);
  });
  if (given) return { module, node: given.right };
  const field = nodesOf(module.tree, 'ClassProperty').find(
    ({ key, value }) => key.type === 'Identifier' && key.name === name && value?.type === 'NewExpression',
  );
  return field?.value ? { module, node: field.value } : undefined;
}
