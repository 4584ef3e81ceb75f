import type { Circumstances } from '../answers/settle.ts';
import type { Terminal } from '../world/terminal.ts';

/** What surrounds one run of a command. */
export interface Session {
  readonly workingDirectory: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly clock: Date;
  /** What the usual answers depend on. */
  readonly circumstances: Circumstances;
  /** The version of create-shipshape. */
  readonly version: string;
  readonly terminal: Terminal;
  /** Names this program in a text as it was started: out of a checkout, the published name leads nowhere. */
  asTyped(text: string): string;
  /** True when a program reads the output: nothing is asked, and one JSON text is printed. */
  readonly json: boolean;
}
