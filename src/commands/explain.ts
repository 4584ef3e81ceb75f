import { commonFlags } from '../answers/flags.ts';
import { abouts } from './abouts.ts';
import type { Command } from './command.ts';

/** Says what a rule demands, why, and how to keep it. The work is loaded when it is asked for. */
export const explain: Command = {
  usage: 'create-shipshape explain [rule]',
  about: `Says ${abouts.explain.replace(/^say /, '')}. Without a rule it lists all of them; a group such as auth lists its own.`,
  examples: [
    'npx create-shipshape@latest explain',
    'npx create-shipshape@latest explain auth/default-deny',
    'npx create-shipshape@latest explain secrets',
  ],
  flags: commonFlags,
  run: async (line, session) => (await import('./explain-run.ts')).runExplain(line, session),
};
