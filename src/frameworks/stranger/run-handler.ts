import { OutOfFuel, Thrown, type Run } from '../../code/run/run.ts';
import type { FunctionValue, Value } from '../../code/run/values.ts';
import { endThrown } from './endings.ts';
import type { Ending, Visit } from './visit.ts';

/** How a handler is called. */
export interface Called {
  readonly framework: string;
  readonly given: readonly Value[];
  /** What `this` means. */
  readonly self: Value | undefined;
  /** True for the handler that answers the route. */
  readonly isLast: boolean;
}

/** How the ways through a handler end when a stranger asks. */
export function endingsOf(visit: Visit, run: Run, handler: FunctionValue, called: Called): ReadonlySet<Ending> {
  const site = { module: handler.module, node: handler.node };
  run.marks = new Set(['none']);
  run.thrown = [];
  let returned: Value | undefined;
  try {
    returned = run.invoke(handler, called.given, site, called.self);
  } catch (error) {
    if (error instanceof Thrown) run.thrown.push({ type: 'throw', value: error.value, marks: run.marks });
    else if (error instanceof OutOfFuel || error instanceof RangeError)
      visit.doubts.push({ site, about: 'opaque', why: 'there is too much code on the way to follow' });
    else throw error;
    if (error instanceof Thrown) run.marks = new Set();
  }
  const reached = [...run.marks].map((mark) => settled(mark as Ending, returned, called));
  return new Set([...reached, ...endThrown(visit, run, run.thrown, site)]);
}

/** What it means when code just ends: Fastify goes on after a hook, and answers with what a handler returns. */
function settled(mark: Ending, returned: Value | undefined, { framework, isLast }: Called): Ending {
  if (mark !== 'none') return mark;
  if (isLast) return 'answered';
  if (framework === 'fastify') return 'next';
  const isAnswer = framework === 'hono' && returned && returned.kind !== 'constant';
  return isAnswer ? 'answered' : mark;
}

/** A status that is set on a way that ended is none for those who come through. */
export function forgetStatus(given: readonly Value[]): void {
  for (const value of given)
    if (value.kind === 'native') for (const name of ['statusCode', 'status', 'body']) value.object.entries.delete(name);
}
