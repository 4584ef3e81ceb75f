import { Thrown, union, type End, type Flow, type Run } from './run.ts';
import { either, undefinedValue, type Value } from './values.ts';

type Changes = Map<Map<string, Value>, Map<string, Value>>;

interface Branch<Result> {
  readonly result: Result;
  readonly changed: Changes;
  readonly marks: ReadonlySet<string>;
}

/** Takes every branch from the same start and joins what comes of them. */
export function fork(run: Run, branches: readonly (() => Flow)[]): Flow {
  const taken = branches.map((branch) => attempt(run, branch));
  const going = taken.filter(({ result }) => result.next);
  join(run, taken, going);
  return { next: going.length > 0, ends: taken.flatMap(({ result }) => result.ends) };
}

/** The same for expressions: one of the values. A branch that throws leaves the others. */
export function choose(run: Run, branches: readonly (() => Value)[]): Value {
  const taken = branches.map((branch) =>
    attempt(run, (): { value: Value | undefined; end?: End } => {
      try {
        return { value: branch() };
      } catch (error) {
        if (!(error instanceof Thrown)) throw error;
        return { value: undefined, end: { type: 'throw', value: error.value, marks: run.marks } };
      }
    }),
  );
  const going = taken.filter(({ result }) => result.value !== undefined);
  join(run, taken, going);
  const ends = taken.flatMap(({ result }) => result.end ?? []);
  if (going.length === 0) {
    run.marks = union(taken.map(({ marks }) => marks));
    throw new Thrown(either(ends.map(({ value }) => value)));
  }
  run.thrown.push(...ends);
  return either(going.map(({ result }) => result.value ?? undefinedValue));
}

function attempt<Result>(run: Run, branch: () => Result): Branch<Result> {
  const start = run.marks;
  run.conditional += 1;
  try {
    const { result, changed } = run.journal.attempt(branch);
    return { result, changed, marks: run.marks };
  } finally {
    run.conditional -= 1;
    run.marks = start;
  }
}

/** Places that a branch changed may afterwards hold what any branch left there. Branches that ended count too: what they changed may outlive them. */
function join(run: Run, taken: readonly Branch<unknown>[], going: readonly Branch<unknown>[]): void {
  if (going.length > 0) run.marks = union(going.map(({ marks }) => marks));
  const counted = going.length > 0 ? going : taken;
  const places = new Map<Map<string, Value>, Set<string>>();
  for (const { changed } of counted)
    for (const [map, names] of changed) {
      const known = places.get(map) ?? new Set();
      for (const name of names.keys()) known.add(name);
      places.set(map, known);
    }
  for (const [map, names] of places)
    for (const name of names) {
      const values = counted.map(({ changed }) => changed.get(map)?.get(name) ?? map.get(name) ?? undefinedValue);
      run.journal.set(map, name, either(values));
    }
}
