import type { CommandName } from './abouts.ts';
import type { Command } from './command.ts';
import { create } from './create.ts';
import { help } from './help.ts';
import { schema } from './schema.ts';

/** Every command that exists. The rarer ones are loaded when they are used: start-up is a feature. */
export const commands = {
  create: (): Command => create,
  drill: async (): Promise<Command> => (await import('./drill.ts')).drill,
  generate: async (): Promise<Command> => (await import('./generate.ts')).generate,
  schema: (): Command => schema,
  help: (): Command => help,
} as const satisfies Record<CommandName, () => Command | Promise<Command>>;

/** True for the name of a command that exists. */
export function isCommand(word: string | undefined): word is CommandName {
  return word !== undefined && Object.hasOwn(commands, word);
}
