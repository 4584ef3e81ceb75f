/** The list of guard files, by the same program that a project checks it with: a list made here is one that it accepts. */
export { guardChanges, guardList, guardListPath } from '../../../templates/guardrails/agents/all/scripts/guard-list.ts';
