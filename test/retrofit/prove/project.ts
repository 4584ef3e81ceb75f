import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { startWatch } from '../../../src/boot/watch.ts';
import { serversOf } from '../../../src/frameworks/servers.ts';
import { appsOf } from '../../../src/repository/apps.ts';
import type { DraftedBy, PlannedStep, RetrofitPlan } from '../../../src/retrofit/plan.ts';
import type { Proof } from '../../../src/retrofit/proof.ts';
import { prove, type ProveOptions } from '../../../src/retrofit/prove/prove.ts';
import { openCheckout } from '../../../src/world/checkout.ts';

const lent: Readonly<Record<string, string>> = { 'express-4': 'node_modules/express-4' };
const folders: string[] = [];

/** Removes what was written. */
export function cleanUp(): void {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
}

/** Writes a project with packages of the workbench; a package may be lent under another name: `express=express-4`. */
export function projectOf(files: Readonly<Record<string, string>>, packages: readonly string[] = []): string {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'to-prove-')));
  folders.push(folder);
  mkdirSync(join(folder, 'node_modules'));
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  for (const [name = '', source = name] of packages.map((each) => each.split('='))) {
    mkdirSync(dirname(join(folder, 'node_modules', name)), { recursive: true });
    const from = resolve(lent[source] ?? `test/workbench/node_modules/${source}`);
    symlinkSync(realpathSync(from), join(folder, 'node_modules', name));
  }
  return folder;
}

/** A package.json that starts a file. */
export function manifestOf(file: string, scripts: Readonly<Record<string, string>> = {}, more: object = {}): string {
  return `${JSON.stringify({ name: 'prototype', scripts: { start: `node ${file}`, ...scripts }, ...more }, null, 2)}\n`;
}

/** What each guardrail does to a project, by who drafts it: text of a file by its path; undefined takes it away. */
export type Drafts = Partial<Record<DraftedBy, Readonly<Record<string, string | undefined>>>>;

/** Proves a plan made by hand; each draft may be left out. */
export async function proven(
  folder: string,
  drafts: Drafts,
  access: Readonly<Record<string, string>> = {},
  more: Partial<ProveOptions> = {},
): Promise<Proof & { readonly said: readonly string[] }> {
  const repository = openCheckout(folder);
  const [app] = appsOf(repository);
  if (!app) throw new Error('no app');
  const [server] = serversOf(repository);
  const replan = async (without: ReadonlySet<DraftedBy>): Promise<RetrofitPlan> => {
    const now = new Map<string, string | undefined>();
    const read = (path: string): string | undefined => (now.has(path) ? now.get(path) : repository.read(path));
    const steps = (Object.entries(drafts) as [DraftedBy, Record<string, string | undefined>][])
      .filter(([by]) => !without.has(by))
      .flatMap(([by, files]) =>
        Object.entries(files).map(([path, after]): PlannedStep => {
          const before = read(path);
          now.set(path, after);
          const step = { by, path, why: 'made by hand' };
          if (after === undefined) return { ...step, kind: 'remove', before: before ?? '' };
          return before === undefined ? { ...step, kind: 'create', after } : { ...step, kind: 'edit', before, after };
        }),
      );
    return { steps, left: [], kept: [], budget: { packages: 0, megabytes: 0 }, settings: [] };
  };
  return proofOf(folder, { repository, app, server, replan, access: new Map(Object.entries(access)), ...more });
}

/** Proves a plan with what is usual for everything else. */
export async function proofOf(
  folder: string,
  options: Pick<ProveOptions, 'repository' | 'app' | 'server' | 'replan' | 'access'> & Partial<ProveOptions>,
): Promise<Proof & { readonly said: readonly string[] }> {
  const said: string[] = [];
  const proof = await prove({
    folder,
    plan: await options.replan(new Set()),
    identity: 'password',
    level: 'usual',
    realEnvironment: false,
    installScripts: false,
    preload: resolve('dist/boot-preload.mjs'),
    environment: process.env,
    watch: startWatch(90, new AbortController().signal),
    say: (text) => void said.push(text),
    ...options,
  });
  return { ...proof, said };
}

/** `GET /orders same`, sorted. */
export function verdictsIn({ routes }: Proof): string[] {
  return routes.map(({ key, verdict }) => `${key} ${verdict}`).toSorted();
}
