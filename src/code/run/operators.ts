import type { Run } from './run.ts';
import { equality } from './truth.ts';
import { constant, either, isSetting, optionsOf, unknown, type Unknown, type Value } from './values.ts';

/** The value of `one operator other`. */
export function binary(run: Run, operator: string, one: Value, other: Value): Value {
  switch (operator) {
    case '==':
    case '===':
      return truthValue(equality(run, one, other), one, other);
    case '!=':
    case '!==': {
      const same = equality(run, one, other);
      return truthValue(same === undefined ? undefined : !same, one, other);
    }
    case '+':
      return sum(one, other);
    case 'in':
      return isIn(one, other);
    case 'instanceof':
      return one.kind === 'nothing' || one.kind === 'constant' ? constant(false) : unknown('the class of something');
    default:
      return arithmetic(operator, one, other);
  }
}

function truthValue(truth: boolean | undefined, one: Value, other: Value): Value {
  return truth === undefined ? mixed(one, other) : constant(truth);
}

/** An unknown result that remembers where its parts came from. */
function mixed(...values: readonly Value[]): Unknown {
  const parts = values.flatMap(optionsOf).filter((value) => value.kind === 'unknown' || value.kind === 'external');
  const source = (['opaque', 'environment', 'request'] as const).find((wanted) =>
    parts.some((part) => part.kind === 'unknown' && part.source === wanted),
  );
  const fromSettings = parts.some((part) => isSetting(part));
  const named = parts.find((part) => part.kind === 'unknown' && part.name !== undefined);
  return unknown(
    'the result of a comparison or sum',
    source ?? (fromSettings ? 'environment' : undefined),
    named?.kind === 'unknown' ? named.name : undefined,
  );
}

function sum(one: Value, other: Value): Value {
  if (one.kind === 'either' || other.kind === 'either') {
    const sums = optionsOf(one).flatMap((left) => optionsOf(other).map((right) => sum(left, right)));
    return sums.length <= 24 ? either(sums) : mixed(one, other);
  }
  if (one.kind === 'constant' && other.kind === 'constant') {
    if (typeof one.value === 'number' && typeof other.value === 'number') return constant(one.value + other.value);
    return constant(String(one.value) + String(other.value));
  }
  if (one.kind === 'nothing' || other.kind === 'nothing') return one.kind === 'nothing' ? one : other;
  return mixed(one, other);
}

function isIn(key: Value, object: Value): Value {
  if (object.kind === 'record' && key.kind === 'constant') {
    if (object.entries.has(String(key.value))) return constant(true);
    if (!object.open) return constant(false);
  }
  return object.kind === 'nothing' || key.kind === 'nothing' ? constant(false) : mixed(key, object);
}

function arithmetic(operator: string, one: Value, other: Value): Value {
  const left = numberOf(one);
  const right = numberOf(other);
  if (left === undefined || right === undefined) return mixed(one, other);
  if (operator === '-') return constant(left - right);
  if (operator === '*') return constant(left * right);
  if (operator === '/') return constant(left / right);
  if (operator === '%') return constant(left % right);
  if (operator === '<') return constant(left < right);
  if (operator === '>') return constant(left > right);
  if (operator === '<=') return constant(left <= right);
  return operator === '>=' ? constant(left >= right) : mixed(one, other);
}

/** A number; what is not there counts as none of them: 0. */
function numberOf(value: Value): number | undefined {
  if (value.kind === 'nothing') return 0;
  return value.kind === 'constant' && typeof value.value === 'number' ? value.value : undefined;
}
