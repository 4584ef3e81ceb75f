import { addSetupFile } from '../../tree/setup-files.ts';
import { defineGuardrail } from '../guardrail.ts';
import { inspectContact, inspectExpiry, inspectObjectives, inspectOwner, inspectRunbook } from './inspect.ts';

export default defineGuardrail({
  id: 'ownership',
  title: 'Somebody answers for this project, and it ends on a day that everybody knows.',
  why: 'A prototype that nobody owns stays online for years; the first night call is taken by a person who never saw it.',
  rules: [
    'ownership/owner-declared',
    'ownership/lifecycle-expiry',
    'ownership/runbook-oncall',
    'ownership/contact-and-data',
    'ownership/slo-declared',
  ],

  inspect: (project) => [
    inspectOwner(project),
    inspectExpiry(project),
    inspectRunbook(project),
    inspectContact(project),
    inspectObjectives(project),
  ],

  apply(project) {
    const { afterExpiry, ci } = project.answers;
    project.stage('ownership', ['all', ci, afterExpiry]);
    project.addScript('expiry', 'node scripts/expiry.ts');
    project.wire({ kind: 'layer', name: 'expiry', from: './expiry.ts', rank: 50 });
    // Tests of a service that closes stay green after its last day, so that it can still be repaired.
    if (afterExpiry === 'closed') project.edit('vitest.config.ts', addSetupFile('test/setup-clock.ts'));
  },
});
