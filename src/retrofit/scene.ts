import type { Dialect } from '../dialect/dialect.ts';
import type { PlanInputs } from '../flow/create.ts';
import type { Server } from '../frameworks/server.ts';
import type { App } from '../repository/apps.ts';
import type { Repository } from '../repository/repository.ts';
import type { RetrofitAnswers } from './answers.ts';

/** The project as it was found, and what was answered about it. */
export interface Scene {
  /** As it is on disk. */
  readonly repository: Repository;
  /** The package that is worked on. */
  readonly app: App;
  /** Its HTTP server; undefined for a worker, a bot, or pages alone. */
  readonly server: Server | undefined;
  readonly answers: RetrofitAnswers;
  readonly inputs: PlanInputs;
  /** The version of Node.js that the project runs on, such as `20.19.0`: what it says, else the one that runs us. */
  readonly node: string;
  /** Where the guards are called, and the kind of guard files that fit there; undefined where they are not. Known once a plan is under way. */
  readonly guards?: { readonly path: string; readonly dialect: Dialect };
  /** Where the project lies in its git repository, such as `tools/poll`; undefined at its top. */
  readonly nested?: string | undefined;
  /** True where the packages are installed at the end, so that npm writes a lock file where there is none. */
  readonly installs?: boolean;
  /** Commands of the project that were run before any change, such as `npm test` or the text of its script; undefined where nothing was run. */
  readonly today?: { readonly red: ReadonlySet<string>; readonly green: ReadonlySet<string> };
}
