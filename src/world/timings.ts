import type { Tracer } from '@opentelemetry/api';

/** How long one stage took, in milliseconds. */
export interface Timing {
  readonly stage: string;
  readonly milliseconds: number;
}

type Work<Result> = () => Result | Promise<Result>;

const measured: Timing[] = [];
let tracer: Tracer | undefined;

/** From now on each stage is also a span, for an OpenTelemetry SDK that `node --import` has loaded. Costs an import. */
export async function traceStages(): Promise<void> {
  const { trace } = await import('@opentelemetry/api');
  tracer = trace.getTracer('create-shipshape');
}

/** Does the work and notes how long it took. */
export function stage<Result>(name: string, work: Work<Result>): Promise<Result> {
  return tracer ? traced(name, () => timed(name, work), tracer) : timed(name, work);
}

/** Every stage so far, in the order in which they ended; the first one is what Node needed to come up. */
export async function timings(): Promise<readonly Timing[]> {
  const { performance } = await import('node:perf_hooks');
  return [{ stage: 'node', milliseconds: performance.nodeTiming.bootstrapComplete }, ...measured];
}

async function timed<Result>(name: string, work: Work<Result>): Promise<Result> {
  const started = process.hrtime.bigint();
  try {
    return await work();
  } finally {
    measured.push({ stage: name, milliseconds: Number(process.hrtime.bigint() - started) / 1e6 });
  }
}

function traced<Result>(name: string, work: () => Promise<Result>, by: Tracer): Promise<Result> {
  return by.startActiveSpan(name, async (span) => {
    try {
      return await work();
    } catch (error) {
      span.recordException(error instanceof Error ? error : String(error));
      span.setStatus({ code: 2 }); // ERROR
      throw error;
    } finally {
      span.end();
    }
  });
}
