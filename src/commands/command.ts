import type { CommandLine } from '../answers/parse.ts';
import type { Flag } from '../answers/flags.ts';
import type { ExitCode } from '../errors.ts';
import type { Session } from './session.ts';

/** One command: what help says about it, the flags that it knows, and what it does. */
export interface Command {
  readonly usage: string;
  readonly about: string;
  readonly examples: readonly string[];
  readonly flags: readonly Flag[];
  run(line: CommandLine, session: Session): Promise<ExitCode>;
}
