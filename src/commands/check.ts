import { commonFlags, type Flag } from '../answers/flags.ts';
import type { Command } from './command.ts';

const checkFlags: readonly Flag[] = [
  {
    name: '--format',
    kind: 'choice',
    values: ['text', 'json'],
    usual: 'text',
    group: 'Output',
    about: 'how to tell it',
  },
  { name: '--all', kind: 'switch', group: 'Output', about: 'list every finding' },
  ...commonFlags,
];

/** Tells what stands between a repository and production. The work is loaded when it is asked for: `create` does without. */
export const check: Command = {
  usage: 'create-shipshape check [dir] [flags]',
  about:
    'Reads a repository and tells what stands between it and production. Needs no network and no installation, writes nothing, and runs none of its code.',
  examples: ['npx create-shipshape@latest check', 'npx create-shipshape@latest check ../prototype --all'],
  flags: checkFlags,
  run: async (line, session) => (await import('./check-run.ts')).runCheck(line, session),
};
