import type { Evidence } from '../../flow/finding.ts';
import type { Project } from '../../flow/project.ts';

/** How the app is started, in `package.json` and in its container. */
export const startCommand = 'node --import ./src/guardrails/telemetry.ts src/main.ts';

/** What must stand in a project for its requests to be traced. That it works is proved by the project's own tests. */
export function telemetryEvidence(project: Project): readonly Evidence[] {
  return [...starts, ...(project.read('Dockerfile') === undefined ? [] : [containerStart]), ...traces, ...proofs];
}

const unseen = 'The app starts without its telemetry: nothing can be seen of what it does.';

const starts: readonly Evidence[] = [
  {
    path: 'package.json',
    holds: /"start": "node --import \.\/src\/guardrails\/telemetry\.ts (?:--\S+ )*src\/main\.ts"/,
    otherwise: unseen,
    remedy: `make the script \`start\` say: ${startCommand}`,
  },
  {
    path: 'package.json',
    holds: /"dev": "node scripts\/dev\.ts"/,
    otherwise: 'Whoever works on the app does not see what its requests do.',
    remedy: 'make the script `dev` say: node scripts/dev.ts',
  },
];

const containerStart: Evidence = {
  path: 'Dockerfile',
  holds: /^(?:CMD|ENTRYPOINT) \["node", "--import", "\.\/src\/guardrails\/telemetry\.ts"/m,
  otherwise: `In its container, ${unseen[0]?.toLowerCase()}${unseen.slice(1)}`,
  remedy: `make the last line of the Dockerfile run: ${startCommand}`,
};

const traces: readonly Evidence[] = [
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
    holds:
      /SpanKind\.SERVER[\s\S]*http\.server\.request\.duration|http\.server\.request\.duration[\s\S]*SpanKind\.SERVER/,
    otherwise: 'Requests leave no trace, or their duration is not measured.',
  },
  {
    path: 'src/guardrails/request-attributes.ts',
    holds: /'http\.route':/,
    otherwise: 'Traces do not say which route was called.',
  },
  {
    path: 'src/guardrails/index.ts',
    holds: /install\(app, \[requestTrace\b/,
    otherwise: 'Requests leave no trace: the layer `requestTrace` is not the first that is switched on.',
    remedy: 'put `requestTrace` first into the list of layers',
  },
];

const proofs: readonly Evidence[] = ['trace', 'start-command', 'export'].map((name) => ({
  path: `test/guardrails/telemetry/${name}.test.ts`,
  holds: /\btest(?:\.\w+)*\(/,
  otherwise: 'Nothing would notice that traces are no longer sent.',
}));
