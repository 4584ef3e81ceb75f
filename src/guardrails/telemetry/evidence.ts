import type { Evidence } from '../../flow/finding.ts';

const startCommand = 'node --import ./src/guardrails/telemetry.ts src/main.ts';

/** What must stand in a project for its requests to be traced. The proof that it works is the project's own test. */
export const telemetryEvidence: readonly Evidence[] = [
  {
    path: 'package.json',
    holds: /"start": "node --import \.\/src\/guardrails\/telemetry\.ts [^"]*src\/main\.ts"/,
    otherwise: 'The app starts without its telemetry: nothing can be seen of what it does.',
    remedy: `make the script \`start\` begin with: ${startCommand}`,
  },
  {
    path: 'src/guardrails/telemetry.ts',
    holds: /OTEL_EXPORTER_OTLP_ENDPOINT[\s\S]*startSdk\(/,
    otherwise: 'Nothing is sent to a collector, even where one is named.',
  },
  {
    path: 'src/guardrails/telemetry-sdk.ts',
    holds: /'service\.name':/,
    otherwise: 'Traces do not say which app they come from.',
  },
  {
    path: 'src/guardrails/request-trace.ts',
    holds: /SpanKind\.SERVER/,
    otherwise: 'Requests leave no trace.',
  },
  {
    path: 'src/guardrails/index.ts',
    holds: /install\(app, \[[^\]]*\brequestTrace\b/,
    otherwise: 'Requests leave no trace: the layer `requestTrace` is not switched on.',
    remedy: 'put `requestTrace` first into the list of layers',
  },
];
