import type { Node } from '@babel/types';
import { definitionOf, type Definition } from '../code/bindings.ts';
import {
  isCall,
  isFunction,
  keyNameOf,
  memberNameOf,
  objectOf,
  unwrapped,
  type Call,
  type FunctionNode,
} from '../code/calls.ts';
import type { Module } from '../code/module.ts';
import { parentsOf } from '../code/scopes.ts';
import { nodesOf, walk } from '../code/walk.ts';
import type { Code } from '../frameworks/server.ts';
import type { Repository } from '../repository/repository.ts';

/** How many calls deep: a controller, its service, the store behind it. */
const deepest = 3;
const most = 80;

/** The code that runs for a route as far as it can be followed: the given pieces, and the functions of this repository that they call. */
export function reachedFrom(repository: Repository, pieces: readonly Code[]): readonly Code[] {
  const reached = new Map<Node, Code>();
  let next = pieces.flatMap((piece) => [piece, ...followed(repository, piece)]);
  for (let depth = 0; depth <= deepest && next.length > 0; depth++) {
    const fresh = next.filter(({ node }) => !reached.has(node));
    for (const code of fresh) if (reached.size < most) reached.set(code.node, code);
    next = fresh.flatMap((code) => calledIn(repository, code));
  }
  return [...reached.values()];
}

/** A piece may be a name or a call that makes the handler: `validate(schema)`, `controller.create.bind(controller)`. */
function followed(repository: Repository, { module, node }: Code): Code[] {
  if (isFunction(node)) return [];
  const code = codeOf(repository, module, isCall(node) ? node.callee : node);
  return code ? [code] : [];
}

const callsOf = new WeakMap<Node, readonly Code[]>();

/** Routes share what they call: each function is looked through once. */
function calledIn(repository: Repository, code: Code): readonly Code[] {
  const called = callsOf.get(code.node) ?? findCalled(repository, code);
  callsOf.set(code.node, called);
  return called;
}

function findCalled(repository: Repository, { module, node: root }: Code): readonly Code[] {
  const called: Code[] = [];
  walk(root, (node) => {
    if (node.type === 'NewExpression') {
      const made = codeOf(repository, module, node.callee);
      if (made) called.push(made);
    }
    if (!isCall(node)) return;
    for (const part of [node.callee, ...node.arguments]) {
      if (part.type !== 'Identifier' && !(part === node.callee)) continue;
      const code = codeOf(repository, module, part);
      if (code && code.node !== root) called.push(code);
    }
  });
  return called;
}

/** The function that an expression calls: a name, a member of an object or module, a method of a class whose instance is known. */
export function codeOf(repository: Repository, module: Module, callee: Node): Code | undefined {
  const definition = definitionOf(repository, module, callee);
  if (definition?.kind === 'code' && definition.node !== unwrapped(callee))
    return isFunction(definition.node) ? definition : wrappedIn(repository, definition);
  const name = memberNameOf(callee);
  const object = objectOf(callee);
  if (name === undefined || !object) return undefined;
  const owner = classBehind(repository, module, object);
  const method = owner && (methodOf(owner.node, name) ?? propertyOf(owner.node, name));
  return owner && method ? { module: owner.module, node: method } : undefined;
}

/** `asyncHandler(async (req, res) => …)`: the function inside; `x.bind(x)`: what is bound. */
function wrappedIn(repository: Repository, { module, node }: Code): Code | undefined {
  if (!isCall(node)) return undefined;
  if (memberNameOf(node.callee) === 'bind') return codeOf(repository, module, objectOf(node.callee) ?? node.callee);
  const inner = node.arguments.find(isFunction);
  return inner ? { module, node: inner } : undefined;
}

/** The class of `this`, of `this.orders`, of a `new Orders()`, of a parameter with a type. */
function classBehind(repository: Repository, module: Module, object: Node): Code | undefined {
  const plain = unwrapped(object);
  if (plain.type === 'ThisExpression') return classAround(module, plain);
  const name = memberNameOf(plain);
  const inner = objectOf(plain);
  if (name !== undefined && inner?.type === 'ThisExpression') {
    const own = classAround(module, inner);
    return own && fieldClass(repository, own, name);
  }
  const definition = definitionOf(repository, module, plain);
  return definition && instanceOf(repository, definition);
}

function instanceOf(repository: Repository, definition: Definition): Code | undefined {
  if (definition.kind === 'parameter') {
    const parameter = definition.of.params[definition.index];
    return parameter && definition.path.length === 0 ? typeClass(repository, definition.module, parameter) : undefined;
  }
  if (definition.kind !== 'code') return undefined;
  const { module, node } = definition;
  if (node.type === 'NewExpression') return classNamed(repository, module, node.callee);
  const maker = isCall(node) ? definitionOf(repository, module, node.callee) : undefined;
  return maker?.kind === 'code' && isFunction(maker.node) ? madeBy(repository, maker.module, maker.node) : undefined;
}

/** What a function makes: the object that it returns, or the class of it. */
function madeBy(repository: Repository, module: Module, maker: FunctionNode): Code | undefined {
  const returned =
    maker.body.type === 'BlockStatement'
      ? maker.body.body.flatMap((statement) => (statement.type === 'ReturnStatement' ? [statement.argument] : []))
      : [maker.body];
  for (const value of returned) {
    const node = value && unwrapped(value);
    if (node?.type === 'ObjectExpression') return { module, node };
    if (node?.type === 'NewExpression') return classNamed(repository, module, node.callee);
  }
  return undefined;
}

function classAround(module: Module, at: Node): Code | undefined {
  const parents = parentsOf(module);
  for (let node = parents.get(at); node; node = parents.get(node))
    if (node.type === 'ClassDeclaration' || node.type === 'ClassExpression') return { module, node };
  return undefined;
}

/** The class of a field: by its type, by `constructor(private orders: Orders)`, by `this.orders = new Orders()`. */
function fieldClass(repository: Repository, { module, node }: Code, name: string): Code | undefined {
  for (const property of nodesOf(node, 'ClassProperty', 'TSParameterProperty')) {
    const target = property.type === 'ClassProperty' ? property : property.parameter;
    const known = target.type === 'ClassProperty' ? keyNameOf(target) : target.type === 'Identifier' ? target.name : '';
    if (known !== name) continue;
    const made =
      target.type === 'ClassProperty' && target.value?.type === 'NewExpression' ? target.value.callee : undefined;
    return made ? classNamed(repository, module, made) : typeClass(repository, module, target);
  }
  const assignment = nodesOf(node, 'AssignmentExpression').find(
    ({ left }) => memberNameOf(left) === name && objectOf(left)?.type === 'ThisExpression',
  );
  if (!assignment) return undefined;
  const { right } = assignment;
  if (right.type === 'NewExpression') return classNamed(repository, module, right.callee);
  return classNamed(repository, module, right);
}

function typeClass(repository: Repository, module: Module, annotated: Node): Code | undefined {
  const [reference] = nodesOf(annotated, 'TSTypeReference');
  return reference && classNamed(repository, module, reference.typeName);
}

function classNamed(repository: Repository, module: Module, name: Node): Code | undefined {
  const definition = definitionOf(repository, module, name);
  const isClass = definition?.kind === 'code' && /^Class(?:Declaration|Expression)$/.test(definition.node.type);
  return isClass ? definition : undefined;
}

function propertyOf(owner: Node, name: string): Node | undefined {
  if (owner.type !== 'ObjectExpression') return undefined;
  const property = owner.properties.find((member) => member.type !== 'SpreadElement' && keyNameOf(member) === name);
  if (property?.type === 'ObjectMethod') return property;
  return property?.type === 'ObjectProperty' && isFunction(property.value) ? property.value : undefined;
}

function methodOf(owner: Node, name: string): Node | undefined {
  if (owner.type !== 'ClassDeclaration' && owner.type !== 'ClassExpression') return undefined;
  for (const member of owner.body.body) {
    if (member.type === 'ClassMethod' && keyNameOf(member) === name) return member;
    if (member.type === 'ClassProperty' && keyNameOf(member) === name && member.value && isFunction(member.value))
      return member.value;
  }
  return undefined;
}

/** Every call in some code, each with its file. */
export function callsIn(codes: readonly Code[]): readonly { readonly module: Module; readonly call: Call }[] {
  return codes.flatMap(({ module, node }) =>
    nodesOf(node, 'CallExpression', 'OptionalCallExpression').map((call) => ({ module, call })),
  );
}
