import { isCall, unwrapped } from '../../code/calls.ts';
import { placeOf } from '../../code/module.ts';
import type { Site } from '../../code/run/values.ts';
import type { Place } from '../../repository/place.ts';

/** Where a call stands: the line of its method, because a chain of calls begins far above. */
export function callSiteOf({ module, node }: Site): Place {
  if (!isCall(node)) return placeOf(module, node);
  const callee = unwrapped(node.callee);
  const named = callee.type === 'MemberExpression' || callee.type === 'OptionalMemberExpression';
  return named ? placeOf(module, callee.property) : placeOf(module, node);
}
