import { addFlags, retrofitFlags, undoFlags } from '../answers/retrofit-flags.ts';
import { abouts } from './abouts.ts';
import type { Command } from './command.ts';

/** Brings the guardrails into a project that exists. The work is loaded when it is asked for: `create` does without. */
export const retrofit: Command = {
  usage: 'create-shipshape retrofit [dir] [flags]',
  about:
    'Looks at a project that exists, asks little, shows every change as a diff, runs the project in a throw-away copy before and after to see that it still works, then writes all of it or nothing. Nothing is sent anywhere, and undo gives every byte back.',
  examples: [
    'npx create-shipshape@latest retrofit --dry-run',
    'npx create-shipshape@latest retrofit',
    "npx create-shipshape@latest retrofit ../prototype --owner '@ana' --yes",
    "npx create-shipshape@latest retrofit --only auth,secrets --open 'GET /health=asked by the load balancer'",
    "npx create-shipshape@latest retrofit --owner '@ana' --commits --yes",
  ],
  flags: retrofitFlags,
  run: async (line, session) => (await import('./retrofit-run.ts')).runRetrofit(line, session),
};

/** Brings one guardrail into a project, with what it needs. */
export const add: Command = {
  usage: 'create-shipshape add <guardrail> [dir] [flags]',
  about: `${sentence(abouts.add)} It goes the way of retrofit: look, plan, prove, write.`,
  examples: ['npx create-shipshape@latest add auth', "npx create-shipshape@latest add telemetry --owner '@ana' --yes"],
  flags: addFlags,
  run: async (line, session) => (await import('./retrofit-run.ts')).runAdd(line, session),
};

/** Takes back what retrofit or add has done. */
export const undo: Command = {
  usage: 'create-shipshape undo [guardrail] [dir] [flags]',
  about: `${sentence(abouts.undo)} Edits that you made since are kept; where both touch the same lines, nothing is done and the lines are named.`,
  examples: ['npx create-shipshape@latest undo', 'npx create-shipshape@latest undo auth --dry-run'],
  flags: undoFlags,
  run: async (line, session) => (await import('./retrofit-run.ts')).runUndo(line, session),
};

function sentence(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
}
