import { constant, list, native, nothing, record, textOfValue, undefinedValue, unknown, type Value } from './values.ts';

/** A Set or Map is read like a list or an object. */
export function collection(from: Value | undefined): Value {
  if (from?.kind === 'list') {
    const pairs = from.items.flatMap((item) =>
      item.kind === 'list' && item.items.length === 2 && textOfValue(item.items[0]) !== undefined
        ? [[textOfValue(item.items[0]) ?? '', item.items[1] ?? undefinedValue] as const]
        : [],
    );
    const values = from.items;
    return native(
      collectionOf(pairs.length === values.length && values.length > 0 ? record(pairs) : list(values, from.open)),
    );
  }
  return native(collectionOf(list([], true)));
}

function collectionOf(content: Value): {
  type: string;
  entries: Map<string, Value>;
  call: (name: string, given: readonly Value[]) => Value;
} {
  return {
    type: 'collection',
    entries: new Map(),
    call: (name, [first]) => {
      const key = textOfValue(first);
      if (content.kind === 'list' && !content.open && name === 'has' && key !== undefined)
        return constant(content.items.some((item) => textOfValue(item) === key));
      if (content.kind === 'record' && key !== undefined) {
        if (name === 'has') return constant(content.entries.has(key));
        if (name === 'get') return content.entries.get(key) ?? undefinedValue;
      }
      if (first?.kind === 'nothing') return name === 'has' ? constant(false) : nothing;
      return unknown('what a collection holds', first?.kind === 'unknown' ? first.source : undefined);
    },
  };
}
