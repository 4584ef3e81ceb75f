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
