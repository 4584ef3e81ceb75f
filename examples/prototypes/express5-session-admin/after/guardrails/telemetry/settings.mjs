// Says whether anything is reported, and where to: by the settings of OpenTelemetry, from outside or from .env.
import { existsSync, readFileSync } from 'node:fs';
import util from 'node:util';
import { isMainThread } from 'node:worker_threads';

/** Takes the settings of OpenTelemetry from .env, and nothing else: how the app reads that file is its own affair. */
export function readSettings() {
  const path = ['.env', new URL('../../.env', import.meta.url)].find((each) => existsSync(each));
  try {
    const given = path === undefined ? {} : util.parseEnv(readFileSync(path, 'utf8'));
    for (const [name, value] of Object.entries(given)) if (name.startsWith('OTEL_')) process.env[name] ??= value;
  } catch {
    // A .env that cannot be read, or a Node.js that cannot read one: then what is given from outside counts.
  }
}

/** Where traces go; undefined where no collector is named. */
export function endpoint() {
  const { OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: traces, OTEL_EXPORTER_OTLP_ENDPOINT: all } = process.env;
  return traces || (all ? `${all.replace(/\/+$/, '')}/v1/traces` : undefined);
}

/** True where a collector is named and nothing says that telemetry is off. */
export function isWanted() {
  const { OTEL_SDK_DISABLED: off = '', OTEL_TRACES_EXPORTER: exporter = '' } = process.env;
  return isMainThread && endpoint() !== undefined && off.toLowerCase() !== 'true' && exporter !== 'none';
}

/** One line where the operator sees it. What the app itself prints stays as it is. */
export function say(text) {
  process.stderr.write(`telemetry ${text.split('\n')[0]}\n`);
}
