import { keyNameOf } from '../calls.ts';
import type { Module } from '../module.ts';
import { evaluate, functionValue } from './evaluate.ts';
import { invoke } from './invoke.ts';
import type { Run } from './run.ts';
import { inside, type Scope } from './scope.ts';
import { runStatements } from './statements.ts';
import { record, undefinedValue, type ClassValue, type RecordValue, type Site, type Value } from './values.ts';

/** A class as a value; its static members are worked out. */
export function makeClass(run: Run, module: Module, node: ClassValue['node'], scope: Scope): ClassValue {
  const parent = node.superClass ? evaluate(run, module, node.superClass, scope) : undefined;
  const around = inside(scope);
  const made: ClassValue = { kind: 'class', module, node, scope: around, parent, entries: new Map() };
  if (node.id) around.variables.set(node.id.name, made);
  const own = inside(around, true, { self: made, home: made });
  for (const member of node.body.body) {
    if (member.type === 'StaticBlock') runStatements(run, module, member.body, own);
    if (!('static' in member) || !member.static) continue;
    if (member.type !== 'ClassMethod' && member.type !== 'ClassProperty') continue;
    const name = keyNameOf(member);
    if (name === undefined) continue;
    if (member.type === 'ClassMethod')
      made.entries.set(name, { ...functionValue(module, member, own), self: made, home: made });
    if (member.type === 'ClassProperty')
      made.entries.set(name, member.value ? evaluate(run, module, member.value, own) : undefinedValue);
  }
  return made;
}

/** `new` of a class: its fields, then its constructor. A class that extends something external is what `new` of that gives, with its own members. */
export function instantiate(run: Run, made: ClassValue, given: readonly Value[], site: Site): Value {
  const instance = record([], hasUnknownParent(made)) as { -readonly [Key in keyof RecordValue]: RecordValue[Key] };
  instance.of = made;
  construct(run, made, instance, given, site);
  return instance;
}

function hasUnknownParent({ parent }: ClassValue): boolean {
  return parent !== undefined && (parent.kind !== 'class' || hasUnknownParent(parent));
}

function construct(run: Run, made: ClassValue, self: Value, given: readonly Value[], site: Site): void {
  const constructor = made.node.body.body.find(
    (member) => member.type === 'ClassMethod' && member.kind === 'constructor',
  );
  const { parent } = made;
  if (!constructor && parent?.kind === 'class') construct(run, parent, self, given, site);
  if (parent?.kind !== 'class' || !constructor) addFields(run, made, self);
  if (constructor?.type !== 'ClassMethod') return;
  const own = { ...functionValue(made.module, constructor, made.scope), self, home: made };
  for (const parameter of constructor.params)
    if (parameter.type === 'TSParameterProperty' && self.kind === 'record') {
      const name = parameter.parameter.type === 'Identifier' ? parameter.parameter.name : undefined;
      const value = given[constructor.params.indexOf(parameter)];
      if (name !== undefined) self.entries.set(name, value ?? undefinedValue);
    }
  invoke(run, own, given, site);
}

/** `super(...)` in a constructor. */
export function constructParent(
  run: Run,
  home: Value | undefined,
  self: Value | undefined,
  given: readonly Value[],
  site: Site,
): void {
  if (home?.kind !== 'class' || !self) return;
  if (home.parent?.kind === 'class') construct(run, home.parent, self, given, site);
  if (home.parent?.kind === 'class') addFields(run, home, self);
}

function addFields(run: Run, made: ClassValue, self: Value): void {
  if (self.kind !== 'record') return;
  const own = inside(made.scope, true, { self, home: made });
  for (const member of made.node.body.body) {
    if ((member.type !== 'ClassProperty' && member.type !== 'ClassPrivateProperty') || member.static) continue;
    const name = keyNameOf(member);
    if (name !== undefined && member.value) self.entries.set(name, evaluate(run, made.module, member.value, own));
  }
}
