import { interrupted } from '../world/interrupts.ts';

/** How long a run may still take, and whether somebody wants it to stop. */
export interface Watch {
  /** True when the time is used up or somebody pressed Ctrl-C: no new question is asked. */
  isOver(): boolean;
  /** Fires when somebody pressed Ctrl-C. */
  readonly signal: AbortSignal;
  /** Throws `interrupted` when somebody pressed Ctrl-C. */
  check(): void;
}

/** A watch that runs out after some seconds, or at a signal. */
export function startWatch(seconds: number, signal: AbortSignal): Watch {
  const end = Date.now() + seconds * 1000;
  return {
    signal,
    isOver: () => signal.aborted || Date.now() > end,
    check: () => {
      if (signal.aborted) throw interrupted('Nothing was written. The copy is removed.');
    },
  };
}
