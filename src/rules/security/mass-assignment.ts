import type { Node } from '@babel/types';
import { isCall, isFunction, memberNameOf, objectOf, unwrapped, type Call } from '../../code/calls.ts';
import { textOf, type Module } from '../../code/module.ts';
import { nodesOf } from '../../code/walk.ts';
import type { Code } from '../../frameworks/server.ts';
import type { Repository } from '../../repository/repository.ts';
import { codeOf } from '../reach.ts';
import { inputIn } from './request-input.ts';

const writes =
  /^(?:create|createMany|insert|insertOne|insertMany|insertAndFetch|update|updateOne|updateMany|upsert|findByIdAndUpdate|findOneAndUpdate|replaceOne|save|build|patch|merge|assign|bulkCreate|set|values)$/;

/** A record that is written with all that was sent. */
export interface MassAssignment extends Code {
  /** False for a part of what was sent, `req.body.user`: it may be a single word. */
  readonly certain: boolean;
}

/** The place where all that was sent goes into a record as it came: whoever adds a field to the request sets it. */
export function massAssignmentIn(repository: Repository, codes: readonly Code[]): MassAssignment | undefined {
  const known = handedOn(repository, codes);
  for (const { module, node: root } of codes) {
    const whole = known.get(root) ?? new Set();
    for (const node of nodesOf(root, 'CallExpression', 'OptionalCallExpression', 'NewExpression')) {
      if (!isWrite(repository, node, module)) continue;
      if (node.arguments.some((argument) => isWholeBody(argument, whole))) return { module, node, certain: true };
      if (isCall(node) && writesPart(module, node)) return { module, node, certain: false };
    }
  }
  return undefined;
}

/** For each function, the names that hold the whole body in it, also where another function hands it on. */
function handedOn(repository: Repository, codes: readonly Code[]): ReadonlyMap<Node, Set<string>> {
  const names = new Map(codes.map(({ node }) => [node, new Set(wholeNames(node))]));
  for (let round = 0; round < 3; round++)
    for (const { module, node: root } of codes)
      for (const call of nodesOf(root, 'CallExpression', 'OptionalCallExpression')) {
        const places = call.arguments.flatMap((argument, index) =>
          isWholeBody(argument, names.get(root) ?? new Set()) ? [index] : [],
        );
        const called = places.length > 0 ? codeOf(repository, module, call.callee)?.node : undefined;
        if (!called || !isFunction(called)) continue;
        for (const index of places) {
          const parameter = called.params[index];
          if (parameter?.type === 'Identifier') names.get(called)?.add(parameter.name);
        }
      }
  return names;
}

/** `body` after `const body = req.body`, `order` after `const { ...order } = req.body`. */
function wholeNames(root: Node): string[] {
  return [
    ...(isFunction(root) ? root.params.flatMap(bodyParameter) : []),
    ...nodesOf(root, 'VariableDeclarator').flatMap(({ id, init }) => {
      if (!init || inputIn(unwrapped(init)) !== 'body') return [];
      if (id.type === 'Identifier') return [id.name];
      const rest = id.type === 'ObjectPattern' ? id.properties.at(-1) : undefined;
      return rest?.type === 'RestElement' && rest.argument.type === 'Identifier' ? [rest.argument.name] : [];
    }),
  ];
}

/** `@Body() order` of Nest. */
function bodyParameter(parameter: Node): string[] {
  const decorators = 'decorators' in parameter ? (parameter.decorators ?? []) : [];
  const isBody = decorators.some(
    ({ expression }) =>
      isCall(expression) &&
      expression.callee.type === 'Identifier' &&
      expression.callee.name === 'Body' &&
      expression.arguments.length === 0,
  );
  return isBody && parameter.type === 'Identifier' ? [parameter.name] : [];
}

/** A call that writes a record; what is a function of this repository is looked into instead. */
function isWrite(repository: Repository, node: Node, module: Module): boolean {
  if (node.type === 'NewExpression')
    return (
      /^[A-Z]/.test(textOf(module, node.callee)) &&
      !/^(?:URL|Date|Error|Map|Set|Promise|FormData|Request|Response|Blob)/.test(textOf(module, node.callee))
    );
  if (!isCall(node) || !writes.test(memberNameOf(node.callee) ?? '')) return false;
  if (codeOf(repository, module, node.callee)) return false;
  return !/^(?:res|reply|ctx|c|headers|cookies|localStorage|Object|map|cache)\b/.test(textOf(module, node.callee));
}

const creates = /^(?:create|createMany|insert|insertOne|insertMany|bulkCreate)$/;
const updates = /^(?:findByIdAndUpdate|findOneAndUpdate|updateOne|updateMany|replaceOne|update)$/;

/** `User.create(req.body.user)`, `User.findOneAndUpdate(query, req.body.changes)`: the part is taken for a record. */
function writesPart(module: Module, { callee, arguments: given }: Call): boolean {
  const method = memberNameOf(callee) ?? '';
  const record = creates.test(method) ? given[0] : updates.test(method) ? given[1] : undefined;
  if (!record || !/^[A-Z]|prisma|repositor|collection|model/i.test(textOf(module, callee))) return false;
  const part = unwrapped(record);
  const object = objectOf(part);
  const name = memberNameOf(part);
  return object !== undefined && inputIn(object) === 'body' && name !== undefined && !oneWord.test(name);
}

const oneWord =
  /^_?(?:id|name|title|text|email|url|key|code|status|type|query|message|content|password|token)$|(?:Id|Name|Url)$/;

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
