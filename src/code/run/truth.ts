import type { Run } from './run.ts';
import { sameValue, type Value } from './values.ts';

/** Whether a condition holds; undefined where it may or may not. */
export function truthOf(value: Value): boolean | undefined {
  switch (value.kind) {
    case 'constant':
      return Boolean(value.value);
    case 'nothing':
      return false;
    case 'unknown':
    case 'method':
      return undefined;
    case 'external':
      // What is imported is there; what it gives when it is called, or what stands in the environment, may not be.
      return value.origin !== 'globalThis' && value.steps.every((step) => 'get' in step) ? true : undefined;
    case 'either': {
      const [first, ...rest] = value.options.map(truthOf);
      return rest.every((truth) => truth === first) ? first : undefined;
    }
    default:
      return true;
  }
}

/** Whether two values are the same to `===` (near enough to `==`); undefined where it cannot be told. */
export function equality(run: Run, one: Value, other: Value): boolean | undefined {
  if (one.kind === 'constant' && other.kind === 'constant')
    // oxlint-disable-next-line eqeqeq
    return one.value == other.value;
  if (one.kind === 'either' || other.kind === 'either') {
    const [left, right] = one.kind === 'either' ? [one, other] : [other, one];
    const [first, ...rest] = (left.kind === 'either' ? left.options : []).map((option) => equality(run, option, right));
    return rest.every((truth) => truth === first) ? first : undefined;
  }
  if (one.kind === 'nothing' || other.kind === 'nothing') return withNothing(one.kind === 'nothing' ? other : one);
  const told = run.host.equal?.(run, one, other);
  if (told !== undefined) return told;
  if (isMade(one) && isMade(other)) return sameValue(one, other);
  const [plain, made] = one.kind === 'constant' ? [one, other] : [other, one];
  return plain.kind === 'constant' && isMade(made) ? false : undefined;
}

function withNothing(other: Value): boolean | undefined {
  if (other.kind === 'constant') return other.value === undefined || other.value === null;
  return other.kind === 'nothing' ? undefined : false;
}

function isMade({ kind }: Value): boolean {
  return kind === 'list' || kind === 'record' || kind === 'function' || kind === 'class' || kind === 'native';
}
