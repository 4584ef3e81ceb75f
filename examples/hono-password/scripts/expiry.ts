// Fails once the end date is over, and refuses production while this is an experiment: in a workflow of its own, never in the tests.
import { daysLeft, hasEnded } from '../src/guardrails/end-date.ts';
import { lifecycle } from '../src/guardrails/lifecycle.ts';

const { stage, owner, endsOn } = lifecycle;
const environment = process.argv[2] ?? '';

if (hasEnded()) {
  console.error(`This ${stage} service was to end on ${endsOn}. ${owner} decides now:`);
  console.error('  end it     docs/runbook.md, "Stop it"');
  console.error('  extend it  a new endsOn and agreedOn (at most 90 days apart) in src/guardrails/lifecycle.ts,');
  console.error('             the same in catalog-info.yaml and shipshape.json, and the reason in the pull request');
  process.exitCode = 1;
} else if (environment === 'production' && stage !== 'production') {
  console.error(`This service is ${stage}: it is not promised to anybody, so it does not go to production.`);
  console.error(
    `${owner} makes it production in src/guardrails/lifecycle.ts and catalog-info.yaml, once the runbook holds.`,
  );
  process.exitCode = 1;
} else {
  console.log(
    stage === 'production'
      ? `Production, owned by ${owner}.`
      : `${daysLeft()} days left, until ${endsOn}. Owner: ${owner}.`,
  );
}
