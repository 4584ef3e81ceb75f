import { guardrailIds } from '../guardrails/ids.ts';
import { commonFlags, createFlags, type Flag } from './flags.ts';

const anyText = /[^\s]/;

/** Flags that mean the same when a project is made and when it is mended. */
const alike = new Set([
  '--auth',
  '--ci',
  '--data',
  '--owner',
  '--second-owner',
  '--on-call',
  '--expires',
  '--after-expiry',
]);

const shared = createFlags.filter(({ name }) => alike.has(name));

/** What is written, proven and installed, and how. */
const doing: readonly Flag[] = [
  {
    name: '--prove',
    kind: 'choice',
    values: ['usual', 'full', 'no'],
    usual: 'usual',
    group: 'Proof',
    about: 'run the project in a throw-away copy, before and after; full also calls what writes',
  },
  { name: '--with-env', kind: 'switch', group: 'Proof', about: 'the copy gets the real values of .env' },
  {
    name: '--install-scripts',
    kind: 'switch',
    group: 'Proof',
    about: 'packages may run their install scripts, in the copy and at the end',
  },
  {
    name: '--commits',
    kind: 'detail',
    shape: 'branch',
    usual: 'shipshape',
    group: 'Tools',
    about: 'commit on a new branch, one commit for each guardrail; nothing is pushed',
  },
  {
    name: '--allow-dirty',
    kind: 'switch',
    group: 'Tools',
    about: 'also change files with changes that are not committed',
  },
  { name: '--no-install', kind: 'off', group: 'Tools', about: 'do not install the new packages' },
  {
    name: '--yes',
    kind: 'switch',
    short: '-y',
    group: 'Tools',
    about: 'ask nothing, take the usual values, prove and write',
  },
  {
    name: '--dry-run',
    kind: 'switch',
    group: 'Tools',
    about: 'print what would be done, run nothing and write nothing',
  },
];

/** The flags of `retrofit`. */
export const retrofitFlags: readonly Flag[] = [
  {
    name: '--app',
    kind: 'text',
    shape: 'folder',
    pattern: anyText,
    usual: 'the one that answers requests',
    group: 'Project',
    about: 'which package of the repository',
  },
  ...shared.filter(({ name }) => name === '--auth'),
  {
    name: '--auth-mode',
    kind: 'choice',
    values: ['enforce', 'report'],
    usual: 'enforce',
    group: 'Project',
    about: 'refuse strangers, or only log whom it would refuse',
  },
  {
    name: '--sign-up',
    kind: 'choice',
    values: ['closed', 'invite'],
    usual: 'closed',
    group: 'Project',
    about: 'who may become a user (password only)',
  },
  {
    name: '--surface',
    kind: 'choice',
    values: ['pages', 'api'],
    usual: 'what the project serves',
    group: 'Project',
    about: 'lead strangers to a sign-in page, or answer 401 only',
  },
  {
    name: '--open',
    kind: 'text',
    shape: 'GET /path=why; POST /other=why',
    pattern: anyText,
    group: 'Project',
    about: 'what anybody may call, and the reason',
  },
  {
    name: '--close',
    kind: 'text',
    shape: 'GET /path; POST /other',
    pattern: anyText,
    group: 'Project',
    about: 'what only the signed-in may call, although it looks public',
  },
  ...shared.filter(({ name }) => name === '--ci' || name === '--data'),
  {
    name: '--only',
    kind: 'list',
    values: guardrailIds,
    group: 'Project',
    about: 'bring in these guardrails, and what they need',
  },
  { name: '--skip', kind: 'list', values: guardrailIds, group: 'Project', about: 'leave these guardrails out' },
  {
    name: '--answers',
    kind: 'text',
    shape: 'file.json',
    pattern: anyText,
    group: 'Project',
    about: 'take the answers from a file',
  },
  ...shared.filter(({ group }) => group === 'People'),
  ...doing,
  {
    name: '--plan-out',
    kind: 'text',
    shape: 'plan.json',
    pattern: anyText,
    group: 'Tools',
    about: 'keep the plan, to be applied later',
  },
  {
    name: '--plan',
    kind: 'text',
    shape: 'plan.json',
    pattern: anyText,
    group: 'Tools',
    about: 'apply a plan that was kept, if nothing has changed',
  },
  ...commonFlags,
];

/** The flags of `add`: those of `retrofit` but for what chooses guardrails. */
export const addFlags: readonly Flag[] = retrofitFlags.filter(
  ({ name }) => !/^--(?:only|skip|plan|plan-out)$/.test(name),
);

/** The flags of `undo`. */
export const undoFlags: readonly Flag[] = [
  {
    name: '--leave-by-hand',
    kind: 'switch',
    group: 'Tools',
    about: 'undo the rest where some lines have to be changed by hand',
  },
  { name: '--yes', kind: 'switch', short: '-y', group: 'Tools', about: 'ask nothing' },
  { name: '--dry-run', kind: 'switch', group: 'Tools', about: 'print what would be undone, and write nothing' },
  ...commonFlags,
];
