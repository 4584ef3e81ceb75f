import type { Node } from '@babel/types';
import { definitionOf } from '../../code/bindings.ts';
import { isCall, memberNameOf, objectOf, unwrapped } from '../../code/calls.ts';
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

const writes =
  /^(?:create|createMany|insert|insertOne|insertMany|insertAndFetch|update|updateOne|updateMany|upsert|findByIdAndUpdate|findOneAndUpdate|replaceOne|save|build|patch|merge|assign|bulkCreate|set|values)$/;

/** The place where all that was sent goes into a record as it came: whoever adds a field to the request sets it. */
export function massAssignmentIn(codes: readonly Code[]): Code | undefined {
  for (const { module, node: root } of codes) {
    const whole = wholeNames(root);
    const found = nodesOf(root, 'CallExpression', 'OptionalCallExpression', 'NewExpression').find(
      (node) => isWrite(node, module) && node.arguments.some((argument) => isWholeBody(argument, whole)),
    );
    if (found) return { module, node: found };
  }
  return undefined;
}

/** `body` after `const body = req.body`, `order` after `const { ...order } = req.body`. */
function wholeNames(root: Node): ReadonlySet<string> {
  return new Set(
    nodesOf(root, 'VariableDeclarator').flatMap(({ id, init }) => {
      if (!init || inputIn(unwrapped(init)) !== 'body') return [];
      if (id.type === 'Identifier') return [id.name];
      const rest = id.type === 'ObjectPattern' ? id.properties.at(-1) : undefined;
      return rest?.type === 'RestElement' && rest.argument.type === 'Identifier' ? [rest.argument.name] : [];
    }),
  );
}

function isWrite(node: Node, module: Module): boolean {
  if (node.type === 'NewExpression')
    return (
      /^[A-Z]/.test(textOf(module, node.callee)) &&
      !/^(?:URL|Date|Error|Map|Set|Promise|FormData|Request|Response|Blob)/.test(textOf(module, node.callee))
    );
  if (!isCall(node) || !writes.test(memberNameOf(node.callee) ?? '')) return false;
  return !/^(?:res|reply|ctx|c|headers|cookies|localStorage|Object|map|cache)\b/.test(textOf(module, node.callee));
}

/** `req.body`, `{ ...req.body }`, `{ data: req.body }`, `{ $set: req.body }`. */
function isWholeBody(argument: Node, whole: ReadonlySet<string>): boolean {
  const node = unwrapped(argument);
  if (inputIn(node) === 'body' || (node.type === 'Identifier' && whole.has(node.name))) return true;
  if (node.type !== 'ObjectExpression') return false;
  return node.properties.some((property) => {
    if (property.type === 'SpreadElement') return isWholeBody(property.argument, whole);
    if (property.type !== 'ObjectProperty' || property.key.type !== 'Identifier') return false;
    return /^(?:data|\$set|values)$/.test(property.key.name) && isWholeBody(property.value, whole);
  });
}
