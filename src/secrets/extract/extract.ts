import { sourceOf } from '../../code/edit/source.ts';
import { importEdits, type Wanted } from '../../code/edit/import-edits.ts';
import { packageTypeOf } from '../../code/edit/specifier.ts';
import type { SpanEdit } from '../../code/edit/spans.ts';
import type { Module } from '../../code/module.ts';
import type { Place } from '../../repository/place.ts';
import type { Repository } from '../../repository/repository.ts';
import type { SecretFinding } from '../finding.ts';
import { account, isAccount } from './account.ts';
import type { EnvEntry } from './env-text.ts';
import { namesOf } from './names-of.ts';
import { whyNotEdited } from './not-edited.ts';
import { comparedIn, questionsIn } from './questions.ts';
import { rewritten, type Read } from './rewrite.ts';
import { slotOf, type Slot } from './slot.ts';
import type { Target } from './target.ts';
import { targetsIn } from './targets-in.ts';
import { unitsThatWork, type Unit } from './units.ts';

/** A credential that stays where it is, and what a person can do. Holds no value. */
export interface Explained {
  readonly where: Place;
  readonly why: string;
}

/** What taking credentials out of the code comes to. */
export interface Extraction {
  /** Edits of code files, looked at as a whole. What they replace holds secrets. */
  readonly files: readonly { readonly path: string; readonly edits: readonly SpanEdit[] }[];
  /** What has to be set from now on; the values are secret. */
  readonly env: readonly EnvEntry[];
  readonly explained: readonly Explained[];
}

export interface ExtractOptions {
  /** How a setting is read in a file; without, `process.env.NAME`. */
  readonly read?: (name: string, module: Module) => Read & { readonly take?: Wanted };
  /** Names that are set already, and to what. */
  readonly known?: ReadonlyMap<string, string>;
}

/** One credential with what stands around it. */
interface Job {
  readonly target: Target;
  readonly slot: Slot;
}

/** Takes credentials out of the code of a repository. */
export async function extractSecrets(
  repository: Repository,
  findings: readonly SecretFinding[],
  { read = fromEnvironment, known = new Map() }: ExtractOptions = {},
): Promise<Extraction> {
  const explained: Explained[] = [];
  const jobs: Job[] = [];
  for (const path of new Set(findings.map(({ place }) => place.path))) {
    const here = findings.filter(({ place }) => place.path === path);
    const why = whyNotEdited(repository, path);
    const module = why === undefined ? repository.module(path) : undefined;
    if (!module) {
      explained.push(...here.map(({ place }) => ({ where: place, why: why ?? 'the file could not be read as code' })));
      continue;
    }
    for (const one of await targetsIn(module, here)) {
      if ('why' in one) explained.push(one);
      else {
        const slot = slotOf(one);
        if ('why' in slot) explained.push({ where: one.where, why: slot.why });
        else jobs.push({ target: one, slot });
      }
    }
  }
  const names = namesOf(jobs, known);
  const edited = editsOf(repository, jobs, names, read);
  return {
    files: edited.files,
    explained: [...explained, ...edited.explained],
    env: entriesOf(edited.done, names),
  };
}

function fromEnvironment(name: string, { text }: Module): Read {
  return { text: /\bDeno\.(?:env|serve)\b/.test(text) ? `Deno.env.get('${name}')` : `process.env.${name}` };
}

interface Edited {
  readonly files: Extraction['files'];
  readonly explained: readonly Explained[];
  /** The credentials that have left the code. */
  readonly done: readonly Job[];
}

/** All that a credential needs is done, or nothing of it. */
function editsOf(
  repository: Repository,
  jobs: readonly Job[],
  names: ReadonlyMap<Target, string>,
  read: NonNullable<ExtractOptions['read']>,
): Edited {
  const explained: Explained[] = [];
  const able = jobs.filter(({ target }) => {
    const inData = !read(names.get(target) ?? '', target.module).always && isAccount(target);
    if (inData) explained.push({ where: target.where, why: account });
    return !inData;
  });
  const questions = new Map(able.map((job) => [job, questionsIn(repository, job)]));
  // A credential that a question compares with is that question's business.
  const asked = new Set([...questions.values()].flatMap((some) => some.map(({ literal }) => literal)));
  const units = able.flatMap((job): Unit<Job>[] => {
    const own = asked.has(job.target.node) ? [] : ownUnits(repository, job, names.get(job.target) ?? '', read);
    return [...own, ...(questions.get(job) ?? []).map(({ module, edits }) => ({ job, module, edits }))];
  });
  const { files, failed } = unitsThatWork(units);
  const why = 'the change could not be made without touching the code around it';
  explained.push(...failed.map(({ target }) => ({ where: target.where, why })));
  return { files, explained, done: able.filter((job) => !failed.includes(job)) };
}

function ownUnits(
  repository: Repository,
  job: Job,
  name: string,
  read: NonNullable<ExtractOptions['read']>,
): Unit<Job>[] {
  const { target, slot } = job;
  const { module, node } = target;
  const how = read(name, module);
  const source = sourceOf(module, packageTypeOf(repository, module.path));
  const top = module.tree.program.body.find(({ end }) => (end ?? 0) >= (node.end ?? 0));
  const taken = how.take ? importEdits(source, how.take, top?.start ?? 0).edits : [];
  const compared = how.always ? [] : comparedIn(repository, job);
  return [
    { job, module, edits: [...taken, ...rewritten(target, slot, name, how)] },
    ...compared.map((comparison) => ({ job, module: comparison.module, edits: comparison.edits })),
  ];
}

function entriesOf(done: readonly Job[], names: ReadonlyMap<Target, string>): EnvEntry[] {
  const entries = new Map<string, string | undefined>();
  for (const { target } of done) {
    const name = names.get(target);
    if (name === undefined) continue;
    const { value } = target;
    const standsIn = /^process\.env\.\w+$/.test(value) || target.standsIn;
    entries.set(name, entries.get(name) ?? (standsIn ? undefined : value));
  }
  return [...entries]
    .map(([name, value]) => ({ name, value }))
    .toSorted((one, other) => (one.name < other.name ? -1 : 1));
}
