import { keyNameOf } from '../calls.ts';
import { functionValue } from './evaluate.ts';
import { Thrown, type Run } from './run.ts';
import {
  constant,
  either,
  nothing,
  undefinedValue,
  unknown,
  type ClassValue,
  type Site,
  type Value,
} from './values.ts';

/** `value.name`. Reading a property of a credential that is not there throws, as it does at run time. */
export function memberOf(run: Run, value: Value, name: string, site: Site): Value {
  switch (value.kind) {
    case 'either':
      return either(value.options.map((option) => memberOf(run, option, name, site)));
    case 'external':
      return name === 'default' ? value : { ...value, steps: [...value.steps, { get: name }] };
    case 'list':
      return ofList(value, name);
    case 'record':
      return (
        value.entries.get(name) ??
        (value.of && ofClass(value.of, name, value)) ??
        (value.open ? unknown('a property of an object that is not fully known') : undefinedValue)
      );
    case 'function':
    case 'class':
      return (
        value.entries.get(name) ??
        (value.kind === 'class' && value.parent
          ? memberOf(run, value.parent, name, site)
          : { kind: 'method', of: value, name })
      );
    case 'native':
      return value.object.entries.get(name) ?? value.object.get?.(name, site) ?? { kind: 'method', of: value, name };
    case 'nothing':
      return ofNothing(run, value.absent, name, site);
    case 'unknown':
      return unknown(value.why, value.source, /^\d+$/.test(name) ? value.name : name);
    case 'constant':
      if (typeof value.value !== 'string') return unknown(`${name} of a value that is not there`);
      return name === 'length'
        ? constant(value.value.length)
        : (ofText(value.value, name) ?? { kind: 'method', of: value, name });
    case 'method':
      return unknown(`${name} of ${value.name}`);
    default:
      return { kind: 'method', of: value, name };
  }
}

function ofText(text: string, name: string): Value | undefined {
  const letter = /^\d+$/.test(name) ? text[Number(name)] : undefined;
  return letter === undefined ? undefined : constant(letter);
}

function ofList(value: Extract<Value, { kind: 'list' }>, name: string): Value {
  if (name === 'length') return value.open ? unknown('the length of a list') : constant(value.items.length);
  if (!/^\d+$/.test(name)) return { kind: 'method', of: value, name };
  return value.items[Number(name)] ?? (value.open ? unknown('an item of a list') : undefinedValue);
}

function ofNothing(run: Run, isAbsent: boolean, name: string, site: Site): Value {
  if (isAbsent && run.strict) {
    const error = unknown(`reading ${name} of a credential that is not there`);
    run.host.threw?.(run, error, site);
    throw new Thrown(error);
  }
  if (/^(?:length|size|rowCount|count|total|affectedRows)$/.test(name)) return constant(0);
  return /^(?:err|error|errors|reason|message|isExpired|expired|invalid)$/.test(name) ? unknownError : nothing;
}

/** What says why nothing came of a credential. */
const unknownError: Value = { kind: 'record', entries: new Map(), open: true };

/** A method or getter of a class or of one that it extends, bound to an instance. */
export function ofClass(made: ClassValue, name: string, self: Value): Value | undefined {
  for (const member of made.node.body.body) {
    if (member.type !== 'ClassMethod' && member.type !== 'ClassPrivateMethod') continue;
    if (('static' in member && member.static) || keyNameOf(member) !== name) continue;
    if (member.kind === 'get' || member.kind === 'set') return unknown('a property that is worked out');
    return { ...functionValue(made.module, member, made.scope), self, home: made };
  }
  return made.parent?.kind === 'class' ? ofClass(made.parent, name, self) : undefined;
}

/** `value.name = given`; an unknown name makes anything possible. */
export function setMember(run: Run, value: Value, name: string | undefined, given: Value, site: Site): void {
  if (value.kind === 'either') return value.options.forEach((option) => setMember(run, option, name, given, site));
  run.host.changed?.(run, value, site);
  if (value.kind === 'list' && !run.strict) value.open = true;
  if (value.kind === 'record' && name === undefined) value.open = true;
  if (name === undefined) return;
  if (value.kind === 'record' || value.kind === 'function' || value.kind === 'class')
    run.journal.set(value.entries, name, given);
  if (value.kind === 'native') value.object.set?.(name, given, site);
  if (value.kind === 'native') run.journal.set(value.object.entries, name, given);
}
