import { findingFrom } from '../../flow/finding.ts';
import { defineGuardrail } from '../guardrail.ts';
import { telemetryEvidence } from './evidence.ts';
import { telemetrySettings } from './settings.ts';

const packages = [
  '@opentelemetry/api',
  '@opentelemetry/context-async-hooks',
  '@opentelemetry/core',
  '@opentelemetry/exporter-metrics-otlp-http',
  '@opentelemetry/exporter-trace-otlp-http',
  '@opentelemetry/instrumentation-undici',
  '@opentelemetry/resources',
  '@opentelemetry/sdk-metrics',
  '@opentelemetry/sdk-trace',
];

export default defineGuardrail({
  id: 'telemetry',
  title: 'Every request leaves a trace and a measurement, named after its route.',
  why: 'When the app is slow or fails, somebody who has never seen it can find out where.',
  rules: ['telemetry/otel-wired'],

  inspect: (project) => [
    findingFrom('telemetry/otel-wired', 'every request is traced and measured', project.read, telemetryEvidence),
  ],

  apply(project) {
    project.stage('telemetry', ['all', project.answers.framework]);
    for (const name of packages) project.addDependency(name);
    project.addScript('start', 'node --import ./src/guardrails/telemetry.ts src/main.ts');
    project.addScript('dev', 'node scripts/dev.ts');
    for (const setting of telemetrySettings(project.values)) project.addSetting(setting);
    project.wire({ kind: 'layer', name: 'requestTrace', from: './request-trace.ts', rank: 10 });
  },
});
