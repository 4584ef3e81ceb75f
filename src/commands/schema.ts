import { inputSchema } from '../answers/schema.ts';
import { commonFlags } from '../answers/flags.ts';
import type { Command } from './command.ts';
import { abouts } from './abouts.ts';

/** Prints what create can be told, for programs that want to tell it. */
export const schema: Command = {
  usage: 'create-shipshape schema',
  about: abouts.schema,
  examples: ['create-shipshape schema > inputs.schema.json'],
  flags: commonFlags,
  run: async (_line, { terminal }) => {
    terminal.print(JSON.stringify(inputSchema(), null, 2));
    return 0;
  },
};
