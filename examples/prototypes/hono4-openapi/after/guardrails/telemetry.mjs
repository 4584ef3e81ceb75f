// Reports what this app does to the collector in OTEL_EXPORTER_OTLP_ENDPOINT; where none is named it stays silent.
// It is loaded before the app, by `node --import`, so that nothing happens unseen.
import { isWanted, readSettings, say } from './telemetry/settings.mjs';

readSettings();

// Loaded only when wanted: an app without a collector does not pay for it. An app whose telemetry fails runs on without.
if (isWanted()) {
  try {
    const { startTelemetry } = await import('./telemetry/start.mjs');
    startTelemetry();
  } catch (error) {
    say(`is off: ${error.message}`);
  }
}
