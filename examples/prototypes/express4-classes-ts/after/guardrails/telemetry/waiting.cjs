// Knows which spans have not arrived yet, so that none is lost when the app ends before its next batch.
'use strict';

const { spawnSync } = require('node:child_process');
const { createRequire } = require('node:module');
const { ExportResultCode, parseKeyPairsIntoRecord } = require('@opentelemetry/core');
const { OTLPTraceExporter } = require('@opentelemetry/exporter-trace-otlp-http');
const { endpoint } = require('./settings.cjs');

const addresses = ['http.target', 'http.url', 'url.full', 'url.path'];
const most = 2_048; // spans; more are waiting only where the collector is gone
const longestSend = 3_000; // milliseconds

/** An exporter that remembers what it has not delivered. */
class Waiting {
  #exporter = new OTLPTraceExporter();
  #spans = new Set();
  #reachable = true;

  /** True when there is something to send and somebody to send it to. */
  get any() {
    return this.#reachable && this.#spans.size > 0;
  }

  /** Takes down each span that ends. */
  collect() {
    const done = () => Promise.resolve();
    const onEnd = (span) => {
      for (const name of addresses) withoutQuery(span.attributes, name);
      if ((span.spanContext().traceFlags & 1) === 1 && this.#spans.size < most) this.#spans.add(span);
    };
    return { onStart: () => undefined, onEnd, forceFlush: done, shutdown: done };
  }

  export(spans, tell) {
    this.#exporter.export(spans, (result) => {
      for (const span of spans) this.#spans.delete(span);
      this.#reachable = result.code === ExportResultCode.SUCCESS;
      tell(result);
    });
  }

  shutdown() {
    return this.#exporter.shutdown();
  }

  /** Sends the rest at once. Nothing can be awaited when a process ends, so a second one, which lives for a moment, does it. */
  sendNow() {
    if (!this.any) return;
    const send = `fetch(process.argv[1], { method: 'POST', headers: JSON.parse(process.env.TELEMETRY_HEADERS), body: require('fs').readFileSync(0) })`;
    const { OTEL_EXPORTER_OTLP_HEADERS: all, OTEL_EXPORTER_OTLP_TRACES_HEADERS: traces } = process.env;
    const headers = {
      'content-type': 'application/json',
      ...parseKeyPairsIntoRecord(all),
      ...parseKeyPairsIntoRecord(traces),
    };
    spawnSync(process.execPath, ['-e', send, endpoint() ?? ''], {
      input: serialised([...this.#spans]),
      env: { ...process.env, NODE_OPTIONS: '', TELEMETRY_HEADERS: JSON.stringify(headers) },
      stdio: ['pipe', 'ignore', 'ignore'],
      timeout: longestSend,
      windowsHide: true,
    });
    this.#spans.clear();
  }
}

/** Frameworks and libraries that describe their own calls know nothing of secrets in addresses. */
function withoutQuery(attributes, name) {
  const value = attributes[name];
  if (typeof value === 'string') attributes[name] = value.split(/[?#]/)[0] ?? '';
}

/** As the exporter itself would write them. */
function serialised(spans) {
  const beside = createRequire(createRequire(require('node:url').pathToFileURL(__filename).href).resolve('@opentelemetry/exporter-trace-otlp-http'));
  const { JsonTraceSerializer } = beside('@opentelemetry/otlp-transformer');
  return JsonTraceSerializer.serializeRequest([...spans]) ?? new Uint8Array();
}

module.exports = { Waiting };
