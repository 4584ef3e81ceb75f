import { ciCommandsOf, pipelinesOf, placeOfCommand, type CiCommand } from '../../repository/pipelines.ts';
import { checksTypes, installs, lints, runsTests } from '../../repository/programs.ts';
import type { Repository } from '../../repository/repository.ts';
import type { LookForLoss } from './loss.ts';

/** What a pipeline can refuse a change for. */
const gates: readonly (readonly [name: string, what: string, is: (command: CiCommand) => boolean])[] = [
  ['tests', 'The tests', runsTests],
  ['types', 'The type check', checksTypes],
  ['lint', 'The linter', lints],
  ['install', 'The install that follows the lock file', (command) => installs(command) === 'frozen'],
  [
    'check',
    'This check',
    ({ words }) => words.some((word) => /^(?:create-)?shipshape(?:@|$)/.test(word)) && words.includes('check'),
  ],
  [
    'audit',
    'The look for known holes in packages',
    ({ words }) => words.includes('audit') || /^(?:snyk|osv-scanner|trivy)$/.test(words[0] ?? ''),
  ],
  ['secrets', 'The look for secrets', ({ words }) => /^(?:gitleaks|trufflehog|secretlint)$/.test(words[0] ?? '')],
];

/** Steps that could refuse a change and are gone from the pipelines, or whose failure no longer counts. */
export const removedSteps: LookForLoss = (before, after) =>
  gates.flatMap(([name, what, is]) => {
    const had = gatesOf(before).find(is);
    if (!had || gatesOf(after).some(is)) return [];
    const { path, line } = placeOfCommand(had);
    const muted = ciCommandsOf(after).find(is);
    const gone = pipelinesOf(after).length === 0 ? 'there is no pipeline any more' : 'it is gone from the pipeline';
    return [
      {
        control: 'pipeline',
        rule: 'ci/gate-on-pr',
        message: `${what} no longer stops a bad change: ${muted ? 'its failure does not count any more' : gone}.`,
        where: muted ? placeOfCommand(muted) : after.file(path) ? { path } : { path: '.' },
        remedy: `Bring the step back: ${had.words.join(' ').slice(0, 100)}`,
        key: `pipeline ${name}`,
        evidence: `before, at ${path}:${line}: ${had.words.join(' ').slice(0, 120)}`,
      } as const,
    ];
  });

/** Commands that run on a proposed change and whose failure stops it. */
function gatesOf(repository: Repository): CiCommand[] {
  return ciCommandsOf(repository).filter(
    ({ ignored, step, job }) => job.onChange && !ignored && !step.mayFail && !job.mayFail,
  );
}
