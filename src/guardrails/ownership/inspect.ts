import { findingFrom, type Evidence, type Finding } from '../../flow/finding.ts';
import type { Project } from '../../flow/project.ts';

const catalog = 'catalog-info.yaml';
const lifecycle = 'src/guardrails/lifecycle.ts';

/** `ownership/owner-declared`: CODEOWNERS and the catalog name the same, real owner. */
export function inspectOwner({ read, answers }: Project): Finding {
  const codeOwners = answers.ci === 'github' ? '.github/CODEOWNERS' : '.gitlab/CODEOWNERS';
  const owner = ownerIn(read(catalog)) ?? '(nobody)';
  return findingFrom('ownership/owner-declared', 'the same people answer for the code everywhere', read, [
    {
      path: catalog,
      holds: /^ {4}shipshape\.dev\/owner: '[^']+'$/m,
      otherwise: 'nobody is named who answers for this project',
    },
    { path: catalog, holds: /^ {2}owner: '(?:group|user):[\w.-]+'$/m, otherwise: 'the catalog entry has no owner' },
    {
      path: codeOwners,
      holds: new RegExp(String.raw`^\*\s(?:.*\s)?${escaped(owner)}(?:\s|$)`, 'm'),
      otherwise: `a change can be merged without ${owner}, who answers for it`,
    },
    {
      path: codeOwners,
      holds: /^\/src\/guardrails\/\s+\S+/m,
      otherwise: 'the guard files have no owner who must agree to a change',
    },
  ]);
}

/** `ownership/lifecycle-expiry`: the stage is said, an experiment has an end date, and something happens on that day. */
export function inspectExpiry({ read, answers }: Project): Finding {
  const rule = 'ownership/lifecycle-expiry';
  const endsOn = /^ {4}shipshape\.dev\/expires-on: '([\d-]+)'$/m.exec(read(catalog) ?? '')?.[1];
  const finding = findingFrom(rule, `this is an experiment that ends on ${endsOn}`, read, [
    {
      path: catalog,
      holds: /^ {2}lifecycle: (?:experimental|production|deprecated)$/m,
      otherwise: 'nobody can tell whether this is an experiment or a product',
    },
    { path: catalog, holds: /shipshape\.dev\/expires-on: '\d{4}-\d\d-\d\d'/, otherwise: 'the experiment never ends' },
    { path: lifecycle, holds: new RegExp(`endsOn: '${endsOn}'`), otherwise: 'the program does not know its end date' },
    { path: 'src/guardrails/expiry.ts', holds: /setHeader\('Sunset'/, otherwise: 'callers are not told the end date' },
    {
      path: 'src/guardrails/index.ts',
      holds: /[[ ]expiry[,\]]/,
      otherwise: 'the end date is not switched on in the app',
    },
    { path: 'scripts/expiry.ts', holds: /hasEnded\(\)/, otherwise: 'nothing fails once the end date is over' },
    ...runsExpiry(answers.ci),
  ]);
  if (finding.verdict !== 'pass') return finding;
  return daysAgreed(read(lifecycle) ?? '') <= 90
    ? finding
    : {
        rule,
        verdict: 'fail',
        message: 'the end is more than 90 days away',
        where: lifecycle,
        remedy: 'agree on a nearer day',
      };
}

function runsExpiry(ci: 'github' | 'gitlab'): Evidence[] {
  const path = ci === 'github' ? '.github/workflows/expiry.yml' : '.gitlab-ci.yml';
  const otherwise = 'no scheduled workflow looks at the end date';
  return [
    { path, holds: /scripts\/expiry\.ts/, otherwise },
    { path, holds: /\bschedule\b/, otherwise },
  ];
}

function daysAgreed(text: string): number {
  const day = (name: string): number => Date.parse(new RegExp(`${name}: '([\\d-]+)'`).exec(text)?.[1] ?? '');
  return /stage: 'production'/.test(text) ? 0 : (day('endsOn') - day('agreedOn')) / 86_400_000;
}

/** `ownership/runbook-oncall`: a stranger finds whom to call, how to stop it, how to roll it back, where to look. */
export function inspectRunbook({ read }: Project): Finding {
  const runbook = 'docs/runbook.md';
  const headings = ['Who to call', 'Stop it', 'Roll back', 'See what it does', 'Start it', 'Settings'];
  return findingFrom('ownership/runbook-oncall', 'whoever is called at night finds what to do', read, [
    ...headings.map((heading) => ({
      path: runbook,
      holds: new RegExp(`^## ${heading}$`, 'm'),
      otherwise: `the runbook does not say: ${heading}`,
    })),
    { path: runbook, holds: /^(?![^]*\b(?:TODO|TBD|FIXME)\b)/, otherwise: 'the runbook is not finished' },
    {
      path: catalog,
      holds: /shipshape\.dev\/on-call: '[^']+'/,
      otherwise: 'nobody is named who is called when it breaks',
    },
  ]);
}

/** `ownership/contact-and-data`: who finds a hole knows whom to tell, and the kind of data is said. */
export function inspectContact({ read }: Project): Finding {
  const whomToTell = 'whoever finds a hole does not know whom to tell';
  return findingFrom('ownership/contact-and-data', 'holes have an address, and the kind of data is known', read, [
    { path: 'SECURITY.md', holds: /@\w|https:\/\/|\+\d/, otherwise: whomToTell },
    { path: 'SECURITY.md', holds: /\bdays\b/, otherwise: 'nobody promises when a report is answered' },
    {
      path: catalog,
      holds: /shipshape\.dev\/data-class: '(?:none|internal|personal|sensitive)'/,
      otherwise: 'nobody has said what kind of data this holds',
    },
  ]);
}

/** `ownership/slo-declared`: one objective for availability and one for speed, in numbers that the telemetry really has. */
export function inspectObjectives({ read }: Project): Finding {
  const path = 'slo.yaml';
  const objectives = ['availability', 'latency'].map((name) => ({
    path,
    holds: new RegExp(`^ {2}name: \\S*${name}$`, 'm'),
    otherwise: `no promise is made about ${name}`,
  }));
  return findingFrom('ownership/slo-declared', 'what "fast enough" and "up" mean is written down', read, [
    { path, holds: /^apiVersion: openslo\/v1$/m, otherwise: 'what "fast enough" and "up" mean is not written down' },
    ...objectives,
    {
      path,
      holds: /http\.server\.request\.duration/,
      otherwise: 'the objectives use a metric that the app does not emit',
    },
    { path, holds: /^(?![^]*target: (?:1|1\.0+|100)(?:\n|$))/, otherwise: 'an objective of 100 % can only be broken' },
  ]);
}

function ownerIn(text: string | undefined): string | undefined {
  return /^ {4}shipshape\.dev\/owner: '([^']+)'$/m.exec(text ?? '')?.[1];
}

function escaped(text: string): string {
  return text.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`);
}
