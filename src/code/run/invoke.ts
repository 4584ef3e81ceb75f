import { bindParameters } from './patterns.ts';
import { evaluate } from './evaluate.ts';
import { callPlatform } from './platform.ts';
import { instantiate } from './classes.ts';
import { Thrown, union, type End, type Run } from './run.ts';
import { inside } from './scope.ts';
import { runStatements } from './statements.ts';
import { callBuiltIn } from './builtins.ts';
import { either, undefinedValue, unknown, type External, type FunctionValue, type Site, type Value } from './values.ts';

/** How deep calls may be nested, and how often one function may be inside itself. */
const deepest = 40;
const oftenest = 2;

/** Calls a value. */
export function invoke(run: Run, callee: Value, given: readonly Value[], site: Site, self?: Value): Value {
  switch (callee.kind) {
    case 'function':
      return callFunction(run, self && !callee.self ? { ...callee, self } : callee, [
        ...(callee.bound ?? []),
        ...given,
      ]);
    case 'either':
      return either(callee.options.map((option) => invoke(run, option, given, site, self)));
    case 'external':
      return callExternal(run, callee, given, false, site);
    case 'native':
      return callee.object.call('', given, site);
    case 'method':
      return callMethod(run, callee.of, callee.name, given, site);
    case 'class':
      return instantiate(run, callee, given, site);
    case 'nothing':
      return callee;
    default:
      return callUnknown(run, callee, given, site);
  }
}

/** Calls a method. What code has set on the object comes before what is built in. */
export function callMethod(run: Run, of: Value, name: string, given: readonly Value[], site: Site): Value {
  if (of.kind === 'native') {
    const own = of.object.entries.get(name) ?? of.object.get?.(name, site);
    return own && own.kind !== 'method' ? invoke(run, own, given, site, of) : of.object.call(name, given, site);
  }
  const [first] = given;
  if (first && of.kind === 'unknown') run.host.tested?.(run, of, name, first);
  if (first?.kind === 'unknown' && of.kind === 'pattern') run.host.tested?.(run, first, name, of);
  return callBuiltIn(run, of, name, given, site) ?? callUnknown(run, of, given, site);
}

/** Runs a function of the repository. */
function callFunction(run: Run, callee: FunctionValue, given: readonly Value[]): Value {
  const { node, module } = callee;
  const nested = run.active.filter((active) => active.node === node).length;
  if (run.active.length >= deepest || nested >= oftenest) return unknown('a function that calls itself');
  run.ran.add(node);
  const known = run.host.entered?.(callee, given);
  if (known) return known;
  const own = node.type === 'ArrowFunctionExpression' ? {} : { self: callee.self, home: callee.home };
  const scope = inside(callee.scope, true, own);
  if (node.type === 'FunctionExpression' && node.id) scope.variables.set(node.id.name, callee);
  run.active.push(callee);
  try {
    bindParameters(run, module, node.params, given, scope);
    if (node.body.type !== 'BlockStatement') return evaluate(run, module, node.body, scope);
    const { next, ends } = runStatements(run, module, node.body.body, scope);
    return ending(run, next, ends);
  } finally {
    run.active.pop();
  }
}

/** Joins the ways that a function ends. Where every way throws, so does the call. */
function ending(run: Run, next: boolean, ends: readonly End[]): Value {
  const returns = ends.filter(({ type }) => type === 'return');
  const throws = ends.filter(({ type }) => type === 'throw');
  if (!next && returns.length === 0 && throws.length > 0) {
    run.marks = union(throws.map(({ marks }) => marks));
    throw new Thrown(either(throws.map(({ value }) => value)));
  }
  run.thrown.push(...throws);
  const reached = [...returns.map(({ marks }) => marks), ...(next ? [run.marks] : [])];
  if (reached.length > 0) run.marks = union(reached);
  const values = [...returns.map(({ value }) => value), ...(next ? [undefinedValue] : [])];
  return values.length === 0 ? undefinedValue : either(values);
}

/** Calls something of a package: what the host knows of it, else something that this package made. */
export function callExternal(run: Run, callee: External, given: readonly Value[], made: boolean, site: Site): Value {
  const known = run.host.called(run, callee, given, made, site) ?? callPlatform(run, callee, given, made, site);
  if (known) return known;
  callBack(run, given, site);
  return { ...callee, steps: [...callee.steps, { call: given, made, site }] };
}

/** Code that is not known may call the functions it is given. */
export function callBack(run: Run, given: readonly Value[], site: Site, values: readonly Value[] = []): Value[] {
  run.conditional += 1;
  try {
    return given.flatMap((value) => (value.kind === 'function' ? [calledLater(run, value, values, site)] : []));
  } finally {
    run.conditional -= 1;
  }
}

/** On the way up, what a callback throws does not reach the code that handed it over: it is called later, if at all. */
function calledLater(run: Run, callback: FunctionValue, values: readonly Value[], site: Site): Value {
  try {
    return invoke(run, callback, argumentsFor(callback, values), site);
  } catch (error) {
    if (run.strict || !(error instanceof Thrown)) throw error;
    return undefinedValue;
  }
}

function argumentsFor({ node }: FunctionValue, values: readonly Value[]): Value[] {
  return node.params.map((_, index) => values[index] ?? unknown('what a function of a package hands over'));
}

function callUnknown(run: Run, callee: Value, given: readonly Value[], site: Site): Value {
  callBack(run, given, site);
  return callee.kind === 'unknown' ? callee : unknown('a call that could not be followed');
}
