import { commonFlags, type Flag } from '../answers/flags.ts';
import { failOns } from '../flow/fail-on.ts';

/** The forms in which a report can be told. */
export const formats = ['text', 'json', 'sarif', 'markdown', 'github', 'prompt', 'html'] as const;
export type Format = (typeof formats)[number];

/** What can be done with the findings that are there already. */
export const baselineUses = ['write', 'use'] as const;

/** Ids or groups of rules. The words that old versions of npm have for a setting of the same name are none. */
const rulesPattern = /^(?!(?:prod|dev)[a-z]*$)[a-z]+(?:\/[a-z-]+)?(?:,[a-z]+(?:\/[a-z-]+)?)*$/;

/** The flags of `check`, in the order of the help text. */
export const checkFlags: readonly Flag[] = [
  {
    name: '--stage',
    kind: 'choice',
    values: ['prototype', 'production'],
    usual: 'what catalog-info.yaml says, else prototype',
    group: 'What is asked',
    about: 'what it has to be ready for',
  },
  {
    name: '--only',
    kind: 'text',
    shape: 'rules or groups',
    pattern: rulesPattern,
    group: 'What is asked',
    about: 'ask only these: auth,secrets/no-hardcoded',
  },
  {
    name: '--skip',
    kind: 'text',
    shape: 'rules or groups',
    pattern: rulesPattern,
    group: 'What is asked',
    about: 'do not ask these',
  },
  {
    name: '--changed',
    kind: 'detail',
    shape: 'revision',
    usual: 'HEAD',
    group: 'What is asked',
    about: 'tell only what lies in files that changed since a revision',
  },
  {
    name: '--diff',
    kind: 'text',
    shape: 'revision',
    pattern: /^[^-\s]\S*$/,
    group: 'What is asked',
    about: 'tell only what got worse since a revision, and which safeguards were taken away',
  },
  {
    name: '--history',
    kind: 'switch',
    group: 'What is asked',
    about: 'look for secrets in everything that git still keeps, too (takes longer)',
  },
  {
    name: '--boot',
    kind: 'switch',
    group: 'Running it',
    about:
      'start the app in a throw-away copy, without your environment and without a network, and ask it as a stranger',
  },
  {
    name: '--install-scripts',
    kind: 'switch',
    group: 'Running it',
    about: 'with --boot: packages that are installed in the copy may run their scripts',
  },
  {
    name: '--yes',
    kind: 'switch',
    short: '-y',
    group: 'Running it',
    about: 'agree that --boot runs code of the project',
  },
  {
    name: '--baseline',
    kind: 'choice',
    values: baselineUses,
    group: 'What counts',
    about: 'write: accept what is there today, in .shipshape/baseline.json; use: only new findings count',
  },
  {
    name: '--fail-on',
    kind: 'choice',
    values: failOns,
    usual: 'blocking',
    group: 'What counts',
    about: 'what makes it end with 1: what blocks at this stage, any finding, or one of at least this weight',
  },
  { name: '--format', kind: 'choice', values: formats, usual: 'text', group: 'Output', about: 'how to tell it' },
  {
    name: '--output',
    kind: 'text',
    shape: 'files',
    pattern: /\.\w+$/,
    group: 'Output',
    about: 'write it to files: report.html,report.sarif (the ending tells the format)',
  },
  { name: '--all', kind: 'switch', group: 'Output', about: 'list everything, kept promises too' },
  ...commonFlags,
];
