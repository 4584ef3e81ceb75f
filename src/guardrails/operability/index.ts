import { findingFrom } from '../../flow/finding.ts';
import { defineGuardrail } from '../guardrail.ts';
import { containerEvidence, healthEvidence } from './evidence.ts';
import { handOverStop } from './handover.ts';
import { inspectRuntime, pinRuntime } from './runtime.ts';
import { operabilitySettings } from './settings.ts';

const probes = "open('asked for by whatever runs the app; says nothing but ok')";

export default defineGuardrail({
  id: 'operability',
  title:
    'Whoever runs the app can see that it is well, can stop it without losing a request, and runs what was tested.',
  why: 'An app that only its maker can start, watch and stop cannot be handed over.',
  rules: ['operability/health-and-shutdown', 'operability/runtime-pinned', 'operability/container-hardened'],

  inspect: (project) => [
    findingFrom('operability/health-and-shutdown', 'health is answered, stopping drains', project.read, healthEvidence),
    inspectRuntime(project),
    findingFrom(
      'operability/container-hardened',
      'the image is pinned, small and not root',
      project.read,
      containerEvidence(project.answers.packageManager),
    ),
  ],

  apply(project) {
    const { starter, packageManager } = project.answers;
    project.stage('operability', ['all', starter, packageManager]);
    for (const setting of operabilitySettings) project.addSetting(setting);
    for (const path of ['/livez', '/readyz']) project.addAccess(`GET ${path}`, probes);
    project.wire({ kind: 'layer', name: 'closed', from: './closed.ts', rank: 45 });
    project.wire({ kind: 'routes', name: 'healthRoutes', from: './health.ts', rank: 10 });
    project.edit('src/main.ts', handOverStop);
    pinRuntime(project);
  },
});
