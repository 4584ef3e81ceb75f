import type { FunctionValue, Value } from '../../code/run/values.ts';
import { compiled } from '../../code/run/builtins.ts';
import { isCall, isFunction } from '../../code/calls.ts';
import { nodesOf, walk } from '../../code/walk.ts';
import { mannerOf, mayRefuse } from './packages.ts';

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

/** Whether a wrapper may ask who is there before it calls what it was given. */
export function mayStop(handler: Value): boolean {
  return handler.kind === 'external' && mayRefuse(handler);
}

/** Whether nothing is written in a function yet. */
export function isEmpty({ node }: FunctionValue): boolean {
  return node.body.type === 'BlockStatement' && node.body.body.length === 0;
}

/** Whether there is one way only through a function, and nothing that it hands its work to: then what it ends with is all that it does. */
export function isStraight({ node }: FunctionValue): boolean {
  let straight = true;
  const own = new Set(node.params.flatMap((parameter) => (parameter.type === 'Identifier' ? [parameter.name] : [])));
  walk(node.body, (inner) => {
    const handsOn =
      isCall(inner) && inner.arguments.some((argument) => argument.type === 'Identifier' && own.has(argument.name));
    if (handsOn || isFunction(inner) || branching.test(inner.type)) straight = false;
    return undefined;
  });
  return straight;
}

const branching =
  /^(?:If|Switch|Try|For|ForOf|ForIn|While|DoWhile)Statement$|^(?:Conditional|Logical|Await|Yield)Expression$/;

/** Whether middleware of Express ends no request and hands none on: it names neither the response nor `next`. */
export function holdsBack({ node, bound }: FunctionValue): boolean {
  if (node.body.type !== 'BlockStatement' || bound) return false;
  if (node.params.some(({ type }) => type !== 'Identifier')) return false;
  const own = node.params.slice(1).flatMap((parameter) => (parameter.type === 'Identifier' ? [parameter.name] : []));
  const ending = new Set([...own, 'next', 'res', 'response', 'arguments']);
  return !nodesOf(node.body, 'Identifier').some(({ name }) => ending.has(name)) && !handsRequestOn(node);
}

/** `passport.handle(req)`: who gets the request has its response too. */
function handsRequestOn({ params: [request], body }: FunctionValue['node']): boolean {
  return (
    request?.type === 'Identifier' &&
    nodesOf(body, 'CallExpression', 'OptionalCallExpression', 'NewExpression').some((call) =>
      call.arguments.some((argument) => argument.type === 'Identifier' && argument.name === request.name),
    )
  );
}

/** Whether a path is one of those that a guard leaves out. */
export function isExempt(path: string, exemptions: readonly string[]): boolean {
  return exemptions.some((exemption) => {
    const pattern = exemption.startsWith('/') ? compiled(exemption) : undefined;
    const isPattern = /[\\^$(.*]/.test(exemption);
    return isPattern ? (pattern?.test(path) ?? false) : exemption === path;
  });
}
