import type { FunctionValue, Value } from '../../code/run/values.ts';
import { mannerOf } from './packages.ts';

/** Whether a handler signs people in: then a wrong password is no guard. */
export function signsInSomewhere({ module, node }: FunctionValue): boolean {
  const text = module.text.slice(node.start ?? 0, node.end ?? 0);
  return /\bsession\b\S*\s*=|\.sign\(|cookie\(|\blog[iI]n\(|\btoken\b/i.test(text);
}

/** The function that a wrapper of a package was given: `asyncHandler(async (req, res) => ...)`. */
export function handlerIn(handler: Value): Value {
  if (handler.kind !== 'external' || mannerOf(handler) !== 'unknown') return handler;
  const last = handler.steps.at(-1);
  const functions = last && 'call' in last ? last.call.filter(({ kind }) => kind === 'function') : [];
  return functions.length === 1 && functions[0] ? functions[0] : handler;
}

/** Whether a path is one of those that a guard leaves out. */
export function isExempt(path: string, exemptions: readonly string[]): boolean {
  return exemptions.some((exemption) => {
    const pattern = /^\/(.*)\/\w*$/s.exec(exemption)?.[1];
    if (pattern === undefined || !/[\\^$(.*]/.test(pattern)) return exemption === path;
    try {
      return new RegExp(pattern).test(path);
    } catch {
      return false;
    }
  });
}
