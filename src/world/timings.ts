import { performance } from 'node:perf_hooks';

/** How long one stage took, in milliseconds. */
export interface Timing {
  readonly stage: string;
  readonly milliseconds: number;
}

const measured: Timing[] = [];

/** Does the work and notes how long it took. */
export async function stage<Result>(name: string, work: () => Result | Promise<Result>): Promise<Result> {
  const started = performance.now();
  try {
    return await work();
  } finally {
    measured.push({ stage: name, milliseconds: performance.now() - started });
  }
}

/** Every stage so far, in the order in which they ended; the first one is what Node needed to come up. */
export function timings(): readonly Timing[] {
  return [{ stage: 'node', milliseconds: performance.nodeTiming.bootstrapComplete }, ...measured];
}
