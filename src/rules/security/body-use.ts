import type { Node } from '@babel/types';
import { definitionOf } from '../../code/bindings.ts';
import { isCall, memberNameOf, objectOf } from '../../code/calls.ts';
import { textOf, type Module } from '../../code/module.ts';
import { nodesOf, walk } from '../../code/walk.ts';
import type { Code } from '../../frameworks/server.ts';
import type { Repository } from '../../repository/repository.ts';
import { callsIn, codeOf } from '../reach.ts';
import { inputIn } from './request-input.ts';

/** The first place where code reads the body of a request to do something with it; logging it is no use. */
export function bodyReadIn(codes: readonly Code[]): Code | undefined {
  for (const { module, node: root } of codes) {
    let found: Node | undefined;
    walk(root, (node, around) => {
      if (found || inputIn(node) !== 'body' || isAnswer(node)) return;
      if (!isOnlyKept(node, around) && !isOnlyLogged(root, around)) found = node;
    });
    if (found) return { module, node: found };
  }
  return codes.flatMap(({ module, node }) => gatheredIn(module, node)).at(0);
}

/** `request.on('data', …)` or `for await (const part of request)`, and then JSON.parse. */
function gatheredIn(module: Module, root: Node): Code[] {
  const parse = nodesOf(root, 'CallExpression').find(({ callee }) => textOf(module, callee) === 'JSON.parse');
  if (!parse) return [];
  const listens = nodesOf(root, 'CallExpression').some(
    ({ callee, arguments: [event] }) =>
      /^_?req(?:uest)?\.on$/.test(textOf(module, callee)) && event?.type === 'StringLiteral' && event.value === 'data',
  );
  const loops = nodesOf(root, 'ForOfStatement').some(({ right }) => /^_?req(?:uest)?$/.test(textOf(module, right)));
  return listens || loops ? [{ module, node: parse }] : [];
}

/** A call that hands request and response on to code that could not be found: `route.handler(req, res)` of a table. */
export function lostHandlerIn(repository: Repository, codes: readonly Code[]): Code | undefined {
  return callsIn(codes)
    .map(({ module, call }) => ({ module, node: call }))
    .find(({ module, node: { callee, arguments: given } }) => {
      const [first, second] = given.map((argument) => (argument.type === 'Identifier' ? argument.name : ''));
      if (!/^_?req(?:uest)?$/.test(first ?? '') || !/^_?res(?:ponse)?$|^reply$/.test(second ?? '')) return false;
      if (isCall(callee) || codeOf(repository, module, callee)) return false;
      const definition = definitionOf(repository, module, callee);
      return definition === undefined || (definition.kind === 'code' && !isCall(definition.node));
    });
}

/** `const order = req.body; console.log(order)`, `const { order } = req.body` and never a word of it again. */
function isOnlyLogged(root: Node, around: readonly Node[]): boolean {
  const declarator = around.findLast(({ type }) => !/^(?:TS\w+|AwaitExpression)$/.test(type));
  if (declarator?.type !== 'VariableDeclarator') return false;
  const declared = new Set(nodesOf(declarator.id, 'Identifier'));
  const names = new Set([...declared].map(({ name }) => name));
  let logged = true;
  walk(root, (node, outer) => {
    if (node.type === 'Identifier' && names.has(node.name) && !declared.has(node)) logged &&= isOnlyKept(node, outer);
  });
  return logged;
}

/** `req.body = JSON.parse(text)`, `console.log(req.body)`, `log.info({ body: req.body })`. */
function isOnlyKept(node: Node, around: readonly Node[]): boolean {
  const parent = around.at(-1);
  if (parent?.type === 'AssignmentExpression' && parent.left === node) return true;
  const call = around.findLast((outer) => isCall(outer) || /Statement$|Declarator$/.test(outer.type));
  if (!call || !isCall(call)) return false;
  const owner = objectOf(call.callee);
  const name = owner?.type === 'Identifier' ? owner.name : owner && memberNameOf(owner);
  return /^(?:console|log|logger)$/i.test(name ?? '');
}

/** `response.json()` of a call to another server is no input of ours: the name of what was fetched tells. */
function isAnswer(node: Node): boolean {
  return isCall(node) && node.arguments.length > 0 && memberNameOf(node.callee) !== 'valid';
}
