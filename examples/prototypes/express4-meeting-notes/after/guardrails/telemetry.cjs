// Reports what this app does to the collector in OTEL_EXPORTER_OTLP_ENDPOINT; where none is named it stays silent.
// It is loaded before the app, by `node --import` or `--require`, so that nothing happens unseen.
'use strict';

const { isWanted, readSettings, say } = require('./telemetry/settings.cjs');

readSettings();

// Loaded only when wanted: an app without a collector does not pay for it. An app whose telemetry fails runs on without.
if (isWanted()) {
  try {
    require('./telemetry/start.cjs').startTelemetry();
  } catch (error) {
    say(`is off: ${error.message}`);
  }
}
