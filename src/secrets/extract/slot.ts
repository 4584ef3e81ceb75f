import type { BinaryExpression, Node, ObjectProperty } from '@babel/types';
import { isCall, keyNameOf, unwrapped } from '../../code/calls.ts';
import { parentsOf } from '../../code/scopes.ts';
import { envNameOf } from './env-read.ts';
import type { Stays, Target } from './target.ts';

/** What stands around a credential, which decides what has to change. */
export type Slot =
  /** Any expression: the literal becomes a read. */
  | { readonly kind: 'value' }
  /** `process.env.X || 'it'`: the variable has its name, and what follows it goes. `all` is the whole expression, `kept` what stays of it. */
  | { readonly kind: 'fallback'; readonly name: string; readonly all: Node; readonly kept: Node }
  /** `{ X = 'it' } = process.env` */
  | { readonly kind: 'default'; readonly name: string; readonly all: Node; readonly kept: Node }
  /** `z.string().default('it')`: the call goes. `get('X', 'it')`: the argument goes. */
  | { readonly kind: 'argument'; readonly name: string; readonly all: Node; readonly kept: Node }
  /** `X: { type: 'string', default: 'it' }`: the entry goes, and the comma that it leaves. */
  | { readonly kind: 'entry'; readonly name: string; readonly start: number; readonly end: number }
  /** `process.env.X = 'it'`: the statement goes. */
  | { readonly kind: 'assigned'; readonly name: string; readonly statement: Node }
  /** `given === 'it'`: must not hold where there is nothing to compare with. */
  | { readonly kind: 'compared'; readonly all: BinaryExpression };

/** Reads the surroundings of a credential; says why where nothing can stand in for it. */
export function slotOf(target: Target): Slot | Stays {
  const { module } = target;
  const parents = parentsOf(module);
  let node = target.node;
  let parent = parents.get(node);
  while (
    parent &&
    (parent.type === 'TSAsExpression' ||
      parent.type === 'TSSatisfiesExpression' ||
      parent.type === 'TSNonNullExpression')
  ) {
    if (
      parent.type === 'TSAsExpression' &&
      module.text.slice(parent.expression.end ?? 0, parent.end ?? 0).trim() === 'as const'
    )
      return { why: 'its type is the text itself' };
    node = parent;
    parent = parents.get(parent);
  }
  if (!parent) return { kind: 'value' };
  return forbidden(parent, node) ?? besideEnvironment(target, parent, node) ?? { kind: 'value' };
}

/** Places where only a literal may stand, or where a read would mean something else. */
function forbidden(parent: Node, node: Node): Stays | undefined {
  if (
    (parent.type === 'ObjectProperty' || parent.type === 'ClassProperty' || parent.type === 'ObjectMethod') &&
    parent.key === node
  )
    return { why: 'it is the name of a property' };
  if (parent.type === 'ObjectProperty' && /^examples?$/.test(keyNameOf(parent) ?? ''))
    return { why: 'it is an example in a description: write a made-up text there' };
  if (parent.type === 'SwitchCase') return { why: 'it is one of the cases of a switch' };
  if (
    /^(?:Import|Export\w*From|ExportAll|ImportAttribute|TSLiteralType|TSEnumMember|TSExternalModule|Directive)/.test(
      parent.type,
    )
  )
    return { why: 'it stands where the language allows no expression' };
  return undefined;
}

function besideEnvironment(target: Target, parent: Node, node: Node): Slot | Stays | undefined {
  const { module } = target;
  if (parent.type === 'LogicalExpression' && parent.right === node && parent.operator !== '&&') {
    const name = lastEnvName(target, parent.left);
    return name === undefined
      ? undefined
      : (assignedAround(target, parent, name) ?? { kind: 'fallback', name, all: parent, kept: parent.left });
  }
  if (parent.type === 'ConditionalExpression' && parent.alternate === node) {
    const name = envNameOf(module, parent.consequent);
    return name === undefined ? undefined : { kind: 'fallback', name, all: parent, kept: parent.consequent };
  }
  if (parent.type === 'AssignmentPattern' && parent.right === node) return defaultOf(target, parent);
  if (parent.type === 'AssignmentExpression' && parent.right === node) {
    const name = envNameOf(module, parent.left);
    return name === undefined ? undefined : statementOf(target, parent, name);
  }
  if (parent.type === 'BinaryExpression' && /^[!=]==?$/.test(parent.operator)) return { kind: 'compared', all: parent };
  if (parent.type === 'ObjectProperty') return entryOf(target, parent);
  return isCall(parent) ? argumentOf(target, parent, node) : undefined;
}

function lastEnvName({ module }: Target, left: Node): string | undefined {
  for (let node = unwrapped(left); ;) {
    if (node.type !== 'LogicalExpression') return envNameOf(module, node);
    const name = envNameOf(module, node.right);
    if (name !== undefined) return name;
    node = unwrapped(node.left);
  }
}

/** `process.env.X = process.env.X || 'it'` would become the text "undefined". */
function assignedAround(target: Target, all: Node, name: string): Slot | Stays | undefined {
  const around = parentsOf(target.module).get(all);
  if (around?.type !== 'AssignmentExpression' || around.right !== all) return undefined;
  return envNameOf(target.module, around.left) === name ? statementOf(target, around, name) : undefined;
}

function statementOf({ module }: Target, assignment: Node, name: string): Slot | Stays {
  const statement = parentsOf(module).get(assignment);
  const list = statement && parentsOf(module).get(statement);
  return statement?.type === 'ExpressionStatement' && /^(?:Program|BlockStatement)$/.test(list?.type ?? '')
    ? { kind: 'assigned', name, statement }
    : { why: 'the environment is written to inside another expression' };
}

function defaultOf(
  { module }: Target,
  pattern: Extract<Node, { type: 'AssignmentPattern' }>,
): Slot | Stays | undefined {
  const parents = parentsOf(module);
  const property = parents.get(pattern);
  const object = property && parents.get(property);
  const declarator = object && parents.get(object);
  if (property?.type !== 'ObjectProperty' || declarator?.type !== 'VariableDeclarator' || !declarator.init)
    return undefined;
  const { key } = property;
  const name = key.type === 'Identifier' ? key.name : key.type === 'StringLiteral' ? key.value : '';
  const source = module.text.slice(declarator.init.start ?? 0, declarator.init.end ?? 0);
  if (!/^(?:process|Bun|import\.meta)\.env$/.test(source)) return undefined;
  if (/\.[cm]?tsx?$/.test(module.path))
    return { why: 'without it the variable has another type: read it from checked settings' };
  return { kind: 'default', name, all: pattern, kept: pattern.left };
}

function argumentOf({ module, sighting }: Target, call: Node, node: Node): Slot | Stays | undefined {
  if (!sighting.fallback || !isCall(call) || sighting.name === undefined) return undefined;
  const { callee } = call;
  const method =
    callee.type === 'MemberExpression' ? module.text.slice(callee.property.start ?? 0, callee.property.end ?? 0) : '';
  if (
    /^(?:default|catch|prefault|fallback)$/.test(method) &&
    callee.type === 'MemberExpression' &&
    call.arguments.length === 1
  )
    return { kind: 'argument', name: sighting.name, all: call, kept: callee.object };
  const [first, second] = call.arguments;
  if (second === node && first && call.arguments.length === 2)
    return { kind: 'argument', name: sighting.name, all: node, kept: first };
  return undefined;
}

/** What a schema of settings gives where the environment gives nothing. */
function entryOf({ module, sighting }: Target, property: ObjectProperty): Slot | Stays | undefined {
  const object = parentsOf(module).get(property);
  if (!sighting.fallback || sighting.name === undefined || !/^(?:default|devDefault)$/.test(keyNameOf(property) ?? ''))
    return undefined;
  if (object?.type !== 'ObjectExpression') return undefined;
  const at = object.properties.indexOf(property);
  const [before, after] = [object.properties[at - 1], object.properties[at + 1]];
  const { name } = sighting;
  if (before) return { kind: 'entry', name, start: before.end ?? 0, end: property.end ?? 0 };
  if (after) return { kind: 'entry', name, start: property.start ?? 0, end: after.start ?? 0 };
  return { why: 'it is all that a schema of settings says of a variable: take it out by hand' };
}
