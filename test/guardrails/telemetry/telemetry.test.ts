import { expect, test } from 'vitest';
import { choices } from '../../../src/answers/answers.ts';
import { planCreate } from '../../../src/flow/create.ts';
import telemetry from '../../../src/guardrails/telemetry/index.ts';
import { answersWith, inputs } from '../../support/answers.ts';
import { brokenAfter } from '../../support/taken-out.ts';

test('all OpenTelemetry packages fit together: one line of versions, no package twice', () => {
  const { dependencies } = JSON.parse(planCreate(answersWith(), inputs).files.get('package.json') ?? '{}') as {
    dependencies: Record<string, string>;
  };
  const stable = ['context-async-hooks', 'core', 'resources', 'sdk-metrics', 'sdk-trace'];
  const experimental = ['exporter-metrics-otlp-http', 'exporter-trace-otlp-http'];
  const versionsOf = (names: string[]): Set<unknown> =>
    new Set(names.map((name) => dependencies[`@opentelemetry/${name}`]));
  expect(versionsOf(stable)).toEqual(new Set(['3.0.0']));
  expect(versionsOf(experimental)).toEqual(new Set(['0.300.0']));
});

test.each(choices.framework)('a %s project starts with its telemetry, in its container too', (framework) => {
  const { files } = planCreate(answersWith({ framework }), inputs);
  expect(files.get('package.json')).toContain('"start": "node --import ./src/guardrails/telemetry.ts src/main.ts"');
  expect(files.get('src/guardrails/index.ts')).toContain('install(app, [requestTrace, requestLog, ');
});

const main = ' src/main.ts"';
const taken: readonly [what: string, path: string, edit: (text: string) => string | undefined][] = [
  ['the flag of the start script', 'package.json', without('--import ./src/guardrails/telemetry.ts ')],
  ['the telemetry before the app', 'package.json', (text) => text.replace(main, ' src/main.ts --import x"')],
  ['the development script', 'package.json', without('scripts/dev.ts')],
  ['the flag in the container', 'Dockerfile', (text) => text.replace(/^CMD .*$/m, 'CMD ["node", "src/main.ts"]')],
  ['the telemetry', 'src/guardrails/telemetry.ts', () => undefined],
  ['the service name', 'src/guardrails/telemetry-sdk.ts', without("'service.name':")],
  ['the span', 'src/guardrails/request-trace.ts', without('kind: SpanKind.SERVER')],
  ['the measurement', 'src/guardrails/request-trace.ts', without('http.server.request.duration')],
  ['the route', 'src/guardrails/request-attributes.ts', without("'http.route':")],
  ['the layer', 'src/guardrails/index.ts', without('requestTrace, ')],
  ['the layer that is not commented out', 'src/guardrails/index.ts', (text) => text.replace('install(', '// install(')],
  [
    'the layer in first place',
    'src/guardrails/index.ts',
    (text) => text.replace('[requestTrace, requestLog', '[requestLog, requestTrace'),
  ],
  ['its test', 'test/guardrails/telemetry/trace.test.ts', () => undefined],
];

test.each(taken)('without %s it fails', (_what, path, edit) => {
  expect(brokenAfter(telemetry, path, edit)).toEqual(['telemetry/otel-wired']);
});

function without(part: string): (text: string) => string {
  return (text) => text.replace(part, '');
}
