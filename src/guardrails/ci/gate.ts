import { findingFrom, type Evidence, type Finding } from '../../flow/finding.ts';
import type { Project } from '../../flow/project.ts';

/** Switches that let a failed step pass. */
const swallowed = /continue-on-error: *true|allow_failure: *true|\|\| *(?:true|:|exit 0)|\bif: *false\b/;

/** `ci/gate-on-pr`: every change is checked in full, and what fails stays failed. `when` is how this host says "on every change". */
export function inspectGate({ read, values }: Project, path: string, when: RegExp): Finding {
  const { installFrozen = '', run = '' } = values;
  const steps = [
    { command: installFrozen, otherwise: 'what is tested is not what the lockfile says' },
    { command: `${run} guard:check`, otherwise: 'guard files may change unnoticed' },
    { command: `${run} typecheck`, otherwise: 'types are not checked' },
    { command: `${run} lint`, otherwise: 'the code is not linted' },
    { command: `${run} test:coverage`, otherwise: 'tests do not run' },
    { command: 'scripts/base-guards.ts', otherwise: 'a change may weaken the tests that judge it' },
    { command: 'docker build', otherwise: 'nobody knows whether the image can be built' },
  ];
  return findingFrom('ci/gate-on-pr', 'every change is checked before it is merged', read, [
    { path, holds: when, otherwise: 'nothing runs before a change is merged' },
    ...steps.map(({ command, otherwise }): Evidence => ({
      path,
      holds: step(command),
      otherwise: `before a merge, ${otherwise}`,
    })),
    { path, holds: without(swallowed), otherwise: 'a step may fail and the check stays green' },
    { path: 'scripts/base-guards.ts', otherwise: 'the program that judges a change by its base is gone' },
    {
      path: 'package.json',
      holds: /"test:coverage": "vitest run --coverage/,
      otherwise: 'the command test:coverage does not run the tests',
    },
    { path: 'package.json', holds: /"typecheck": "tsc/, otherwise: 'the command typecheck does not check types' },
    { path: 'package.json', holds: /"lint": "oxlint/, otherwise: 'the command lint does not lint' },
  ]);
}

/** A pattern that holds for a text in which the other one is found nowhere. */
export function without({ source }: RegExp): RegExp {
  return new RegExp(`^(?![^]*(?:${source.replace(/^\^/, String.raw`(?<=^|\n)`)}))`);
}

/** A command on a line of its own that is no comment. */
function step(command: string): RegExp {
  return new RegExp(`^(?! *#).*${command.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`)}`, 'm');
}
