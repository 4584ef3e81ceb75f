// Puts a secret into the git-ignored .env file: for development on this computer.
import { writeLine } from './private-file.ts';

/** Writes the secret to .env. */
export async function write(name: string, value: string): Promise<string> {
  await writeLine('.env', name, value);
  return 'written to .env, which git ignores. Only this computer has it; production gets its own.';
}
