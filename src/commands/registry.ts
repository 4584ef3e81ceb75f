import type { Command } from './command.ts';

/** Every command that exists, loaded when it is used. */
export const commands = {
  create: async (): Promise<Command> => (await import('./create.ts')).create,
  drill: async (): Promise<Command> => (await import('./drill.ts')).drill,
  generate: async (): Promise<Command> => (await import('./generate.ts')).generate,
  schema: async (): Promise<Command> => (await import('./schema.ts')).schema,
  help: async (): Promise<Command> => (await import('./help.ts')).help,
} as const;

export type CommandName = keyof typeof commands;

/** One line for each command, as help lists them. */
export const abouts: Readonly<Record<CommandName, string>> = {
  create: 'make a new project (the usual command: its name can be left out)',
  drill: 'plant faults into copies of a project and see whether its own check bites',
  generate: 'write the next piece of a project, such as a route',
  schema: 'print all inputs of create as JSON Schema',
  help: 'print this, or the help of one command',
};

/** True for the name of a command that exists. */
export function isCommand(word: string | undefined): word is CommandName {
  return word !== undefined && Object.hasOwn(commands, word);
}
