import type { CommandName } from './abouts.ts';
import { check } from './check.ts';
import type { Command } from './command.ts';
import { create } from './create.ts';
import { drill } from './drill.ts';
import { explain } from './explain.ts';
import { generate } from './generate.ts';
import { help } from './help.ts';
import { add, retrofit, undo } from './retrofit.ts';
import { schema } from './schema.ts';

/** Every command that exists. */
export const commands = {
  create: (): Command => create,
  retrofit: (): Command => retrofit,
  add: (): Command => add,
  undo: (): Command => undo,
  check: (): Command => check,
  explain: (): Command => explain,
  drill: (): Command => drill,
  generate: (): Command => generate,
  schema: (): Command => schema,
  help: (): Command => help,
} as const satisfies Record<CommandName, () => Command>;

/** True for the name of a command that exists. */
export function isCommand(word: string | undefined): word is CommandName {
  return word !== undefined && Object.hasOwn(commands, word);
}
