import { either, list, textOfValue, type Value } from '../../code/run/values.ts';

type Relation = 'or' | 'and';

/** What `fastify.auth([a, b], { relation })` gives: one of several guards is enough for `or`, all of a list for `and`. A list inside is the other way round. */
export function authOf(given: Value | undefined, options: Value | undefined): Value | undefined {
  const relation = options?.kind === 'record' ? textOfValue(options.entries.get('relation')) : undefined;
  return given?.kind === 'list' && given.items.length > 0
    ? joined(given.items, relation === 'and' ? 'and' : 'or')
    : undefined;
}

function joined(guards: readonly Value[], relation: Relation): Value {
  const inner = guards.map((guard) =>
    guard.kind === 'list' && guard.items.length > 0 ? joined(guard.items, relation === 'and' ? 'or' : 'and') : guard,
  );
  return relation === 'or' ? either(inner) : list(inner);
}
