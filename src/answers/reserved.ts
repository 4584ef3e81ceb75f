/** Words that are commands, now or later. A project cannot have one as its name: the command line could not tell them apart. */
export const commandWords = [
  'create',
  'retrofit',
  'check',
  'add',
  'update',
  'undo',
  'generate',
  'drill',
  'schema',
  'explain',
  'extend',
  'promote',
  'retire',
  'help',
] as const;

/** True for a word that is a command, now or later. */
export function isReserved(word: string): boolean {
  return (commandWords as readonly string[]).includes(word);
}
