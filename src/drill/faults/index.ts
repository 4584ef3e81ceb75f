import { didYouMean } from '../../answers/nearest.ts';
import { KnownError } from '../../errors.ts';
import type { Fault } from '../fault.ts';
import { accessFaults } from './access.ts';
import { ciFaults } from './ci.ts';
import { runningFaults } from './running.ts';
import { secretFaults } from './secrets.ts';
import { testFaults } from './tests.ts';

/** Every fault of the drill, most dangerous first. */
export const faults: readonly Fault[] = [
  ...accessFaults,
  ...secretFaults,
  ...testFaults,
  ...ciFaults,
  ...runningFaults,
];

/** The faults of a comma-separated list of ids; all of them without a list. */
export function chosenFaults(only: string | undefined): readonly Fault[] {
  return only === undefined ? faults : only.split(',').map(faultCalled);
}

function faultCalled(id: string): Fault {
  const fault = faults.find((candidate) => candidate.id === id);
  if (fault) return fault;
  const ids = faults.map((candidate) => candidate.id);
  throw new KnownError({
    code: 'bad-value',
    what: `There is no fault ${id}. ${didYouMean(id, ids) ?? ''}`.trim(),
    where: '--only',
    next: `Faults: ${ids.join(' ')}`,
  });
}
