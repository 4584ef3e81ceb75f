import type { Node } from '@babel/types';
import { definitionOf, functionOf } from '../../code/bindings.ts';
import { isCall, isFunction, keyNameOf, memberNameOf, objectOf, type Call } from '../../code/calls.ts';
import { placeOf, textOf, type Module } from '../../code/module.ts';
import { parentsOf } from '../../code/scopes.ts';
import { nodesOf } from '../../code/walk.ts';
import type { Repository } from '../../repository/repository.ts';
import { lookInto } from '../refusal/refusal.ts';
import type { Guard } from '../server.ts';
import type { GuardedChannel } from '../channels.ts';

/** Servers of WebSockets: what `new` makes, by package. */
const makers: readonly { packages: RegExp; names: RegExp; kind: 'websocket' | 'socket.io' }[] = [
  { packages: /^(?:ws|isomorphic-ws)$/, names: /^(?:Server|WebSocketServer)$/, kind: 'websocket' },
  { packages: /^socket\.io$/, names: /^(?:Server|default)$/, kind: 'socket.io' },
];

/** The WebSocket and socket.io servers of one module. */
export function socketsIn(repository: Repository, module: Module): GuardedChannel[] {
  const made = nodesOf(module.tree, 'NewExpression', 'CallExpression').flatMap((node): GuardedChannel[] => {
    const kind = kindOf(repository, module, node);
    if (!kind) return [];
    const guard = guardOf(repository, module, node);
    return [
      {
        kind,
        where: placeOf(module, node),
        code: { module, node },
        guard,
        name: kind === 'websocket' ? 'a WebSocket' : 'socket.io',
      },
    ];
  });
  return [...made, ...websocketRoutes(repository, module)];
}

function kindOf(repository: Repository, module: Module, node: Node): 'websocket' | 'socket.io' | undefined {
  if (node.type !== 'NewExpression' && node.type !== 'CallExpression') return undefined;
  const definition = definitionOf(repository, module, node.callee);
  if (definition?.kind !== 'package') return undefined;
  const name = definition.path.filter((part) => part !== 'default').at(-1) ?? 'default';
  const maker = makers.find(({ packages, names }) => packages.test(definition.name) && names.test(name));
  return maker?.kind === 'websocket' && node.type === 'CallExpression' ? undefined : maker?.kind;
}

/** What stands between a stranger and a socket: an option, a middleware, the upgrade, the first lines after connecting. */
function guardOf(repository: Repository, module: Module, made: Node): Guard {
  const options = optionChecks(module, made);
  const checks = [...options, ...eventChecks(module, made)];
  let reads = false;
  for (const check of checks) {
    const code = isFunction(check) ? { module, node: check } : functionOf(repository, module, check);
    if (!code)
      return {
        state: 'unknown',
        why: `what checks the connection (${textOf(module, check).slice(0, 40)}) could not be followed`,
      };
    const looked = lookInto(repository, code.module, code.node);
    if (looked.refusal) return { state: 'refused', by: looked.refusal.by, how: looked.refusal.how };
    const decides =
      options.includes(check) || code.node.params.some((one) => one.type === 'Identifier' && one.name === 'next');
    if (decides && saysNo(code.module, code.node))
      return { state: 'refused', by: placeOf(code.module, code.node), how: 'it answers no' };
    reads ||= looked.reads;
  }
  return {
    state: 'open',
    why: reads ? 'it looks who connects and sends nobody away' : 'nothing asks who connects',
  };
}

/** `verifyClient`, `allowRequest` and `io.use` say no by `callback(null, false)`, by `next(error)`, or by returning false. */
function saysNo(module: Module, node: Node): boolean {
  const text = textOf(module, node).slice(0, 20_000);
  const no =
    /\b(?:callback|cb|done|next)\(\s*(?:null\s*,\s*)?false|return\s+false\b|\bcatch\b[^]*\bnext\(\s*(?:new|e)\w*/;
  return no.test(text) && /cookie|authori[sz]ation|token|session|headers/i.test(text);
}

function optionChecks(module: Module, made: Node): Node[] {
  if (made.type !== 'NewExpression' && made.type !== 'CallExpression') return [];
  return made.arguments.flatMap((argument) =>
    argument.type !== 'ObjectExpression'
      ? []
      : argument.properties.flatMap((property): Node[] => {
          const name = property.type === 'SpreadElement' ? '' : (keyNameOf(property) ?? '');
          if (!/^(?:verifyClient|allowRequest)$/.test(name)) return [];
          return property.type === 'ObjectProperty' ? [property.value] : [property];
        }),
  );
}

/** Handlers of `io.use(...)`, `io.of('/x').use(...)`, `wss.on('connection', ...)` and `server.on('upgrade', ...)` in the same module. */
function eventChecks(module: Module, made: Node): Node[] {
  const name = nameGiven(module, made);
  return nodesOf(module.tree, 'CallExpression').flatMap((call): Node[] => {
    const last = call.arguments.at(-1);
    const method = memberNameOf(call.callee);
    if (!last || (method !== 'use' && method !== 'on')) return [];
    const [event] = call.arguments;
    const upgrade = event?.type === 'StringLiteral' && event.value === 'upgrade';
    if (upgrade) return [last];
    if (!belongsTo(call, name)) return [];
    return method === 'use' || (event?.type === 'StringLiteral' && event.value.startsWith('connect')) ? [last] : [];
  });
}

/** Whether a call is made on a server: `io.use`, `io.of('/admin').use`, `this.io.on`. */
function belongsTo(call: Call, name: string | undefined): boolean {
  if (name === undefined) return true;
  const object = objectOf(call.callee);
  const base = object && isCall(object) ? objectOf(object.callee) : object;
  const text = base && (base.type === 'Identifier' ? base.name : memberNameOf(base));
  return text === name;
}

function nameGiven(module: Module, made: Node): string | undefined {
  const around = parentsOf(module).get(made);
  if (around?.type === 'VariableDeclarator' && around.id.type === 'Identifier') return around.id.name;
  if (around?.type === 'AssignmentExpression')
    return around.left.type === 'Identifier' ? around.left.name : memberNameOf(around.left);
  return undefined;
}

/** `fastify.get('/ws', { websocket: true }, handler)`, and `app.ws('/path', handler)` of express-ws. */
function websocketRoutes(repository: Repository, module: Module): GuardedChannel[] {
  return nodesOf(module.tree, 'CallExpression').flatMap((call): GuardedChannel[] => {
    const handler = call.arguments.at(-1);
    const method = memberNameOf(call.callee);
    const option = call.arguments.some(
      (argument) => argument.type === 'ObjectExpression' && /\bwebsocket:\s*true/.test(textOf(module, argument)),
    );
    const ws = method === 'ws' && call.arguments.length > 1 && /\bexpress-ws\b/.test(module.text);
    if (!handler || !(option || ws)) return [];
    const options = call.arguments
      .slice(1, -1)
      .map((argument) => textOf(module, argument))
      .join(' ');
    const code = functionOf(repository, module, handler);
    const looked = code && lookInto(repository, code.module, code.node);
    const hooked = /\b(?:preValidation|preHandler|onRequest)\b/.test(options) || (ws && call.arguments.length > 2);
    const guard: Guard = looked?.refusal
      ? { state: 'refused', by: looked.refusal.by, how: looked.refusal.how }
      : hooked
        ? { state: 'unknown', why: 'a hook runs before it' }
        : { state: 'open', why: 'nothing asks who connects' };
    return [
      {
        kind: 'websocket',
        where: placeOf(module, call),
        code: code ?? { module, node: call },
        guard,
        name: 'a WebSocket',
      },
    ];
  });
}
