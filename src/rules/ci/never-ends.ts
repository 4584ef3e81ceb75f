import { placeOfCommand, type CiCommand } from '../../repository/pipelines.ts';
import type { Repository } from '../../repository/repository.ts';
import { proofAt } from '../proof-line.ts';
import type { RuleFinding } from '../rule.ts';

/** Tests of a pipeline that watch for changes: `node --test --watch`. */
export function neverEnds(repository: Repository, command: CiCommand): RuleFinding {
  const { path, line } = placeOfCommand(command);
  return {
    verdict: 'fail',
    message:
      'The tests of the pipeline never end: they wait for the next change, and nobody hears whether they are red.',
    ...proofAt(repository, path, line),
    key: 'endless',
    confidence: 'certain',
    remedy: 'Run them once: take `--watch` out of the command.',
  };
}
