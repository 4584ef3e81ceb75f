import type { Watch } from '../../boot/watch.ts';
import type { Server } from '../../frameworks/server.ts';
import type { App } from '../../repository/apps.ts';
import type { Repository } from '../../repository/repository.ts';
import type { DraftedBy, RetrofitPlan } from '../plan.ts';

/** What is to be proven, and how. */
export interface ProveOptions {
  /** The project on disk. It is read, and nothing in it is run or written. */
  readonly folder: string;
  /** The same as it was read. */
  readonly repository: Repository;
  readonly app: App;
  /** Undefined for a worker, a bot, or pages alone: then the project's own tests and build are what is compared. */
  readonly server: Server | undefined;
  readonly plan: RetrofitPlan;
  /** The plan without what some have drafted. Routes that only the running app has told of join the access table, for this plan and those that follow. */
  readonly replan: (without: ReadonlySet<DraftedBy>, unlisted?: readonly string[]) => Promise<RetrofitPlan>;
  /** Key of the access table to its rule as code; `replan` may add to it. */
  readonly access: ReadonlyMap<string, string>;
  readonly identity: 'password' | 'oidc';
  /** `report` refuses nobody: then strangers must get what they got before. */
  readonly authMode?: 'enforce' | 'report';
  /** `full` calls the handlers that may write; else they are walked up to. */
  readonly level: 'usual' | 'full';
  /** The values of the project's `.env` files are given to the copy. */
  readonly realEnvironment: boolean;
  /** Packages may run their install scripts in the copy. */
  readonly installScripts: boolean;
  /** The bundled preload, dist/boot-preload.mjs. */
  readonly preload: string;
  /** The environment of whoever calls; only PATH and the like are taken from it. */
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly watch: Watch;
  /** Says what is being run. */
  say(text: string): void;
}
