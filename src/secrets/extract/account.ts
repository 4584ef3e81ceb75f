import { keyNameOf } from '../../code/calls.ts';
import { parentsOf } from '../../code/scopes.ts';
import type { Target } from './target.ts';

export const account =
  'it is the password of an account that stands in the code: where it is not set, leaving it out would let somebody in, so read it from checked settings';

/** `[{ name: 'admin', password: 'it' }]` */
export function isAccount({ module, node }: Target): boolean {
  const parents = parentsOf(module);
  const property = parents.get(node);
  if (property?.type !== 'ObjectProperty' || !/pass|pwd?$/i.test(keyNameOf(property) ?? '')) return false;
  const object = parents.get(property);
  return object !== undefined && parents.get(object)?.type === 'ArrayExpression';
}
