import { abouts } from './abouts.ts';
import { checkFlags } from './check-flags.ts';
import type { Command } from './command.ts';

/** Tells what stands between a repository and production. The work is loaded when it is asked for: `create` does without. */
export const check: Command = {
  usage: 'create-shipshape check [dir] [flags]',
  about: `Reads a repository, in whatever state it is, and ${abouts.check.replace(/^tell/, 'tells')}. Needs no network and no installation, runs none of its code, and writes nothing that you did not ask for. Ends with 0 when nothing stands in the way, with 1 when something does, with 2 when it could not look.`,
  examples: [
    'npx create-shipshape@latest check',
    'npx create-shipshape@latest check ../prototype --all',
    'npx create-shipshape@latest check --output report.html',
    'npx create-shipshape@latest check --diff main --format markdown',
    'npx create-shipshape@latest check --stage production --fail-on any',
  ],
  flags: checkFlags,
  run: async (line, session) => (await import('./check-run.ts')).runCheck(line, session),
};
