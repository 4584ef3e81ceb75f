import { findingFrom } from '../../flow/finding.ts';
import { defineGuardrail } from '../guardrail.ts';
import { codeOf } from './code-of.ts';
import { startCommand, telemetryEvidence } from './evidence.ts';
import { telemetrySettings } from './settings.ts';

const rule = 'telemetry/otel-wired';

const packages = [
  '@opentelemetry/api',
  '@opentelemetry/context-async-hooks',
  '@opentelemetry/core',
  '@opentelemetry/exporter-metrics-otlp-http',
  '@opentelemetry/exporter-trace-otlp-http',
  '@opentelemetry/resources',
  '@opentelemetry/sdk-metrics',
  '@opentelemetry/sdk-trace',
];

export default defineGuardrail({
  id: 'telemetry',
  title: 'Every request leaves a trace and a measurement, named after its route.',
  why: 'When the app is slow or fails, somebody who has never seen it can find out where.',
  rules: [rule],

  inspect: (project) => [
    findingFrom(rule, 'every request is traced and measured', codeOf(project), telemetryEvidence(project)),
  ],

  apply(project) {
    project.stage('telemetry', ['all', project.answers.framework]);
    for (const name of packages) project.addDependency(name);
    project.addScript('start', startCommand);
    project.addScript('dev', 'node scripts/dev.ts');
    for (const setting of telemetrySettings(project.values)) project.addSetting(setting);
    project.wire({ kind: 'layer', name: 'requestTrace', from: './request-trace.ts', rank: 10 });
  },
});
