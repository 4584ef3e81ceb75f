import { optionsOf, textOfValue, type Value } from '../../code/run/values.ts';
import type { Method } from '../server.ts';

/** Methods of an app that register a route, and the HTTP method that they register. */
export const methods: ReadonlyMap<string, Method> = new Map([
  ['get', 'GET'],
  ['head', 'HEAD'],
  ['post', 'POST'],
  ['put', 'PUT'],
  ['patch', 'PATCH'],
  ['delete', 'DELETE'],
  ['del', 'DELETE'],
  ['options', 'OPTIONS'],
  ['all', 'ALL'],
]);

/** The HTTP methods that a value names: a text or a list of texts. */
export function methodsIn(value: Value | undefined): readonly Method[] {
  if (!value) return [];
  const texts = optionsOf(value).flatMap((option) =>
    option.kind === 'list' ? option.items.map(textOfValue) : [textOfValue(option)],
  );
  return texts.flatMap((text) => (text === undefined ? [] : (methods.get(text.toLowerCase()) ?? [])));
}
