import { KnownError } from '../errors.ts';

/** Ctrl-C, hang-up and a polite kill, as something that a stage can look at. */
export interface Interrupts {
  readonly signal: AbortSignal;
  /** Lets a waiting signal through, then throws `interrupted` if there was one. */
  check(): Promise<void>;
  stop(): void;
}

const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** Watches for the first signal; a second one ends the process at once, as usual. */
export function watchInterrupts(): Interrupts {
  const controller = new AbortController();
  const stop = (): void => signals.forEach((name) => process.off(name, interrupt));
  const interrupt = (name: NodeJS.Signals): void => {
    if (!controller.signal.aborted) return controller.abort();
    stop();
    process.kill(process.pid, name);
  };
  for (const name of signals) process.on(name, interrupt);
  const check = async (): Promise<void> => {
    await new Promise((resolve) => setImmediate(resolve));
    if (controller.signal.aborted) throw interrupted();
  };
  return { signal: controller.signal, check, stop };
}

/** Somebody pressed Ctrl-C. What is left behind, if anything, is for `next` to say. */
export function interrupted(next?: string): KnownError {
  return new KnownError({ code: 'interrupted', what: 'Interrupted.', ...(next !== undefined && { next }) });
}
