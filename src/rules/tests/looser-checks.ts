import type { Repository } from '../../repository/repository.ts';
import type { RuleFinding } from '../rule.ts';
import { floorsOf } from './coverage-floor.ts';

type Failure = Extract<RuleFinding, { verdict: 'fail' }>;

/** Coverage floors that are lower than before, or gone. */
export function lowerFloors(before: Repository, after: Repository): Failure[] {
  const now = floorsOf(after);
  return [...floorsOf(before)].flatMap(([key, floor]) => {
    const left = now.get(key) ?? 0;
    const [path = '.', kind = ''] = key.split(' ');
    if (left >= floor || !after.file(path)) return [];
    return [
      {
        verdict: 'fail',
        message: `Tests have to reach less of the code than before: ${kind} from ${floor} to ${left} percent.`,
        where: { path },
        confidence: 'certain',
        remedy: 'Write tests until the old floor holds again.',
        key,
      },
    ];
  });
}

const muted = /\|\|\s*(?:true|exit 0|:)|--passWithNoTests|;\s*exit 0/;

/** Commands whose failure does not count any more. */
export function mutedCommands(before: Repository, after: Repository): Failure[] {
  return after.files.flatMap(({ path }) => {
    if (!/(?:^|\/)package\.json$|^\.github\/workflows\/.+\.ya?ml$/.test(path)) return [];
    const then = new Set((before.read(path) ?? '').split('\n'));
    return (after.read(path) ?? '').split('\n').flatMap((line, index) => {
      const isNew =
        muted.test(line) && /test|vitest|jest|mocha|\bcheck\b/.test(line) && !then.has(line) && before.file(path);
      return isNew
        ? [
            {
              verdict: 'fail' as const,
              message: 'The tests run, and whether they fail does not matter any more.',
              where: { path, line: index + 1 },
              evidence: line.trim().slice(0, 160),
              confidence: 'certain' as const,
              remedy: 'Let the command fail when a test fails.',
            },
          ]
        : [];
    });
  });
}

/** Snapshots that changed, and nothing else did. */
export function rewrittenSnapshots(before: Repository, after: Repository): Failure[] {
  const changed = after.files.filter(
    ({ path }) => before.file(path) !== undefined && before.read(path) !== after.read(path),
  );
  const snapshots = changed.filter(({ path }) => path.endsWith('.snap'));
  const [first] = snapshots;
  if (!first || snapshots.length < changed.length) return [];
  return [
    {
      verdict: 'fail',
      message: 'What the tests expect was rewritten, and nothing else changed.',
      where: { path: first.path },
      confidence: 'review',
      remedy: 'Say why the old expectation was wrong.',
    },
  ];
}
