import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { installBeside, linkBeside, type Added } from '../../boot/add-packages.ts';
import { openCollector, type Collector } from '../../boot/collector.ts';
import { copyOf, type ThrowAwayCopy } from '../../boot/copy.ts';
import { environmentFor, settingNames } from '../../boot/environment.ts';
import { installIn, isMissingPackages } from '../../boot/install.ts';
import type { RunOptions } from '../../boot/running.ts';
import { productionAsDeployed, spansTo, writeExampleSettings } from '../../boot/settings-of-copy.ts';
import { packageJsonFrom } from '../../repository/package-json.ts';
import { textOf } from '../../tree/content.ts';
import { sumOf } from '../../tree/step.ts';
import type { RetrofitPlan } from '../plan.ts';
import { openIssuer, type Issuer } from './issuer.ts';
import type { ProveOptions } from './options.ts';
import { empty, laterSnapshot, putBack, snapshotOf, type Snapshot } from './put-back.ts';
import { lastLinesOf } from './tail.ts';
import { applyInCopy, copyRealSettings } from './settings-in-copy.ts';

/** The one throw-away copy in which everything happens, and what an app is given there. */
export interface Stage {
  readonly options: ProveOptions;
  readonly collector: Collector;
  readonly issuer: Issuer | undefined;
  /** Signs sessions for the time of the proof. */
  readonly secret: string;
  /** The folder of the app in the copy. */
  readonly app: string;
  readonly copy: ThrowAwayCopy;
  /** Installs what is missing and what the plan adds; the reason is given where that fails. */
  install(): Promise<{ readonly missing: string | undefined; readonly added: string | undefined }>;
  /** Settings with values made up, which the app has asked for by name. */
  readonly madeUp: Map<string, string>;
  /** How something of the project is run; `more` is added to its environment. */
  runWith(more: Readonly<Record<string, string>>, milliseconds: number): RunOptions;
  /** How lines have ended that were run since the project was last changed, such as its build. */
  readonly done: Map<string, 'passes' | 'fails'>;
  /** Back to the project as it is on disk. */
  toBefore(): void;
  /** The project with a plan. */
  toAfter(plan: RetrofitPlan): void;
  /** Keeps the files as they are now, such as after a build, for `putBack`. */
  keep(): void;
  /** Back to what was kept last. */
  putBack(): void;
  remove(): void;
}

/** Copies the project and opens what stands around it. */
export async function openStage(options: ProveOptions): Promise<Stage> {
  const { folder, repository, app, server, plan } = options;
  const copy = copyOf(folder);
  const collector = await openCollector();
  const issuer = options.identity === 'oidc' && server ? await openIssuer() : undefined;
  const remove = (): void => {
    collector.close();
    issuer?.close();
    copy.remove();
  };
  try {
    const raw = snapshotOf(copy.folder, folder);
    const folders = new Set(['', app.root]);
    const real = options.realEnvironment ? copyRealSettings(folder, copy.folder, folders) : [];
    const examples = options.realEnvironment ? '' : writeExampleSettings(copy.folder, repository, app);
    const given = new Set(real);
    const unset = settingNames(repository).filter((name) => !given.has(name) && !examples.includes(`${name}=`));
    const before = laterSnapshot(copy.folder, raw, join(copy.scratch, 'kept-before'));
    const beside = join(copy.scratch, 'packages');
    const ports = [collector.port, ...(issuer ? [issuer.port] : [])];
    let kept: Snapshot = before;
    let kepts = 0;
    const done: Stage['done'] = new Map();
    const madeUp = new Map<string, string>();
    let added: Added | undefined;

    const back = (to: Snapshot): void => {
      putBack(copy.folder, to);
      empty(copy.home);
    };
    return {
      options,
      collector,
      issuer,
      secret: randomBytes(32).toString('base64url'),
      copy,
      app: join(copy.folder, app.root),
      install: async () => {
        const packages = newPackages(plan, app.root);
        // Beside each other: the one waits for the disk where the other waits for the network.
        const [missing, came] = await Promise.all([
          installMissing(copy.folder, options),
          addPackages(beside, packages, options),
        ]);
        added = came;
        if (came.ok) linkBeside(beside, packages.keys(), join(copy.folder, app.root));
        putBack(copy.folder, before);
        return {
          missing,
          added: came.ok ? undefined : `its new packages could not be installed: ${lastLinesOf(came.why)}`,
        };
      },
      runWith: (more, milliseconds) => {
        const environment = environmentFor(options.environment, copy.home, unset);
        const PATH = [environment['PATH'], added?.programs].filter(Boolean).join(delimiter);
        return {
          copy,
          preload: options.preload,
          milliseconds,
          watch: options.watch,
          allowedPorts: ports,
          environment: { ...environment, ...Object.fromEntries(madeUp), PATH, ...more },
        };
      },
      done,
      madeUp,
      toBefore: () => {
        done.clear();
        back((kept = before));
      },
      toAfter: (now) => {
        done.clear();
        back(before);
        applyInCopy(copy.folder, now);
        kept = laterSnapshot(copy.folder, before, join(copy.scratch, `kept-${kepts++}`));
      },
      keep: () => void (kept = laterSnapshot(copy.folder, kept, join(copy.scratch, `kept-${kepts++}`))),
      putBack: () => back(kept),
      remove,
    };
  } catch (error) {
    remove();
    throw error;
  }
}

/** What a running app is told beside its own settings: where spans go, and what its image sets where it is deployed. */
export function bootSettings({ options, collector, issuer }: Stage): Record<string, string> {
  // A sign-in service without a certificate is taken on one's own machine only.
  return { ...spansTo(collector), ...(issuer ? {} : productionAsDeployed(options.repository)) };
}

async function installMissing(copy: string, options: ProveOptions): Promise<string | undefined> {
  const { app, environment, installScripts, watch, say } = options;
  for (const folder of new Set([copy, join(copy, app.root)])) {
    if (!existsSync(folder) || !isMissingPackages(folder, copy)) continue;
    say(`Installing its packages in a copy, ${installScripts ? 'and running their scripts' : 'without their scripts'}`);
    const done = await installIn(folder, environment, { scripts: installScripts, signal: watch.signal });
    watch.check();
    if (!done.ok) return `its packages could not be installed by ${done.command}: ${lastLinesOf(done.why)}`;
  }
  return undefined;
}

async function addPackages(beside: string, packages: ReadonlyMap<string, string>, options: ProveOptions) {
  const { environment, installScripts, watch, say } = options;
  if (packages.size > 0) say(`Installing in a copy: ${[...packages.keys()].join(', ')}`);
  const added = await installBeside(beside, packages, {
    outer: environment,
    scripts: installScripts,
    signal: watch.signal,
  });
  watch.check();
  return added;
}

/** Packages, with their versions, that the plan adds to the app's package.json. */
function newPackages({ steps }: RetrofitPlan, root: string): Map<string, string> {
  const path = root === '' ? 'package.json' : `${root}/package.json`;
  const change = sumOf(steps).find((file) => file.path === path);
  const [before, after] = [change?.before, change?.after].map((content) => packagesIn(path, textOf(content)));
  return new Map([...(after ?? [])].filter(([name]) => !before?.has(name)));
}

function packagesIn(path: string, text: string | undefined): Map<string, string> {
  const manifest = text === undefined ? undefined : packageJsonFrom(path, text);
  return new Map(manifest ? [...manifest.devDependencies, ...manifest.dependencies] : []);
}
