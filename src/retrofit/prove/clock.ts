import type { Proof } from '../proof.ts';

type Part = keyof Proof['seconds'];

/** Measures how long each part of a proof takes. */
export interface Clock {
  during<Result>(part: Part, work: () => Promise<Result>): Promise<Result>;
  seconds(): Proof['seconds'];
}

/** A clock at which nothing has happened yet. */
export function newClock(): Clock {
  const seconds: Record<Part, number> = { install: 0, before: 0, after: 0, own: 0 };
  return {
    during: async (part, work) => {
      const began = performance.now();
      try {
        return await work();
      } finally {
        seconds[part] += (performance.now() - began) / 1000;
      }
    },
    seconds: () => ({ ...seconds }),
  };
}
