// Reports what this app does to the collector in OTEL_EXPORTER_OTLP_ENDPOINT; where none is named it stays silent.
// It is loaded before everything else, by `node --import`, so that nothing happens unseen.
import { setTimeout } from 'node:timers/promises';
import { config } from './config.ts';

const endpoint = config.OTEL_EXPORTER_OTLP_ENDPOINT;
const longestShutdown = 2_000; // milliseconds: a dead collector must not hold up the end of the app

let said = false;

// Imported only when wanted: an app without a collector does not pay for starting the OpenTelemetry SDK.
const stop = endpoint === undefined ? undefined : (await import('./telemetry-sdk.ts')).startSdk(endpoint, sayOnce);

/** Sends what is still waiting and stops. Never rejects, and takes at most two seconds. */
export async function shutdownTelemetry(): Promise<void> {
  const tooLate = setTimeout(longestShutdown, new Error('no answer in time'), { ref: false });
  const failure = await Promise.race([stop?.().catch((error: unknown) => error), tooLate]);
  if (failure) sayOnce(failure);
}

/** A collector that cannot be reached is worth one line, not one per batch. */
function sayOnce(error: unknown): void {
  if (said) return;
  said = true;
  const reason = error instanceof Error ? error.message : String(error);
  process.stderr.write(`telemetry: traces and metrics do not reach ${endpoint && new URL(endpoint).host}: ${reason}\n`);
}
