import type { Node } from '@babel/types';
import { keyNameOf } from '../../code/calls.ts';
import { guarded } from '../../code/edit/guarded.ts';
import { importEdits, type Wanted } from '../../code/edit/import-edits.ts';
import { sourceOf } from '../../code/edit/source.ts';
import { packageTypeOf } from '../../code/edit/specifier.ts';
import type { SpanEdit } from '../../code/edit/spans.ts';
import { offsetOf, type Module } from '../../code/module.ts';
import { isCode } from '../../code/parse.ts';
import { parentsOf } from '../../code/scopes.ts';
import { isSentToBrowser } from '../../repository/client-files.ts';
import type { Place } from '../../repository/place.ts';
import type { Repository } from '../../repository/repository.ts';
import { isEnvFile } from '../env-files.ts';
import type { SecretFinding, Sighting } from '../finding.ts';
import { positionsIn } from '../lines.ts';
import { scanText } from '../scan.ts';
import { textKindOf } from '../settings.ts';
import { comparisonsWith, questionsAbout } from './absence.ts';
import type { EnvEntry } from './env-text.ts';
import { namesOf } from './names-of.ts';
import { rewritten, type Read } from './rewrite.ts';
import { slotOf, type Slot } from './slot.ts';
import { targetOf, type Stays, type Target } from './target.ts';

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

/** One credential with all that has to change for it. */
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

function fromEnvironment(name: string): Read {
  return { text: `process.env.${name}` };
}

/** Why a file is left to a person. */
function whyNotEdited(repository: Repository, path: string): string | undefined {
  const role = repository.file(path)?.role;
  if (isEnvFile(path)) return 'it is in a file of settings that git holds: take the file out of git and keep it';
  if (role === 'test' || role === 'fixture') return 'it is in a test: let the test make its own value';
  if (role === 'vendored') return 'the file is made by a tool or comes from somebody else';
  if (!isCode(path)) {
    const { writing } = textKindOf(path);
    if (writing === 'json' || writing === 'yaml')
      return 'a configuration file cannot read the environment by itself: take the value out, and let the code that reads the file read the environment';
    return 'it is not code of this program: take the value out by hand';
  }
  if (isSentToBrowser(repository, path))
    return 'everybody who opens the page can read it, wherever it comes from: call from the server, and let the page ask the server';
  return undefined;
}

async function targetsIn(
  module: Module,
  findings: readonly SecretFinding[],
): Promise<(Target | (Stays & Explained))[]> {
  const { path, text } = module;
  const positionOf = positionsIn(text);
  const sightings = await scanText({ path, text, kind: textKindOf(path), layers: 'all', module: () => module });
  return findings.map((finding) => {
    const { place } = finding;
    const seen = sightings.find(({ start }) => {
      const { line, column } = positionOf(start);
      return line === place.line && column === place.column;
    });
    const target = targetOf(module, place, seen ?? literalAt(module, finding), !seen);
    return 'why' in target ? { where: place, why: target.why } : target;
  });
}

/** What stands at a place that the search no longer sees as a secret: a stand-in, named by hand. */
function literalAt(module: Module, { place, kind, layer, confidence, provider, name }: SecretFinding): Sighting {
  const start = offsetOf(module, place);
  const quoted = /^(["'`])((?:(?!\1)[^\\\r\n])*)\1/.exec(module.text.slice(start - 1));
  const inner = quoted ?? /^(["'`])((?:(?!\1)[^\\\r\n])*)\1/.exec(module.text.slice(start));
  const from = quoted ? start : start + 1;
  const value = inner?.[2] ?? '';
  return {
    start: from,
    end: from + value.length,
    value,
    kind,
    layer,
    confidence,
    ...(provider && { provider }),
    ...(name && { name }),
  };
}

interface Edited {
  readonly files: Extraction['files'];
  readonly explained: readonly Explained[];
  /** The credentials that have left the code. */
  readonly done: readonly Job[];
}

function editsOf(
  repository: Repository,
  jobs: readonly Job[],
  names: ReadonlyMap<Target, string>,
  read: NonNullable<ExtractOptions['read']>,
): Edited {
  const questions = jobs.flatMap(({ target, slot }) => questionsOf(repository, target, slot));
  // A credential that a question compares with is that question's business.
  const asked = new Set(questions.map(({ literal }) => literal));
  const own = jobs.filter(({ target }) => !asked.has(target.node));
  const explained: Explained[] = [];
  const done: Job[] = [];
  const paths = [...new Set([...own.map(({ target }) => target.module), ...questions.map(({ module }) => module)])];
  const files = paths.flatMap((module) => {
    const source = sourceOf(module, packageTypeOf(repository, module.path));
    const groups = own
      .filter(({ target }) => target.module === module)
      .flatMap((job) => {
        const name = names.get(job.target) ?? '';
        const how = read(name, module);
        if (!how.always && isAccount(job.target)) {
          explained.push({ where: job.target.where, why: account });
          return [];
        }
        const taken = how.take && importEdits(source, how.take, topStart(module, job.target.node));
        const wraps = how.always ? [] : wrapsOf(repository, module, job);
        return [{ job, edits: [...(taken?.edits ?? []), ...wraps, ...rewritten(job.target, job.slot, name, how)] }];
      });
    const checks = questions.filter((question) => question.module === module).flatMap(({ edits }) => edits);
    const accepted = acceptedOf(module, groups, checks);
    for (const { job, edits } of groups) {
      if (accepted.includes(edits[edits.length - 1] as SpanEdit)) done.push(job);
      else
        explained.push({
          where: job.target.where,
          why: 'the change could not be made without touching the code around it',
        });
    }
    return accepted.length > 0 ? [{ path: module.path, edits: accepted }] : [];
  });
  return { files, explained, done: [...done, ...jobs.filter(({ target }) => asked.has(target.node))] };
}

function questionsOf(repository: Repository, target: Target, slot: Slot): ReturnType<typeof questionsAbout> {
  if (slot.kind === 'compared' || target.part) return [];
  const given = givenBy({ target, slot });
  const modules = repository.files.flatMap(({ path, role }) => {
    const text =
      role === 'source' && isCode(path) && !isSentToBrowser(repository, path) ? repository.read(path) : undefined;
    return text && /[!=]==?|\.(?:includes|startsWith|endsWith)\(/.test(text) ? (repository.module(path) ?? []) : [];
  });
  return modules.flatMap((module) => questionsAbout(repository, module, given, target.value));
}

const account =
  'it is the password of an account that stands in the code: where it is not set, leaving it out would let somebody in, so read it from checked settings';

/** `[{ name: 'admin', password: 'it' }]` */
function isAccount({ module, node }: Target): boolean {
  const parents = parentsOf(module);
  const property = parents.get(node);
  if (property?.type !== 'ObjectProperty' || !/pass|pwd/i.test(keyNameOf(property) ?? '')) return false;
  const object = parents.get(property);
  return object !== undefined && parents.get(object)?.type === 'ArrayExpression';
}

/** Where the top-level statement around a node begins. */
function topStart(module: Module, node: Node): number {
  const top = module.tree.program.body.find(({ end }) => (end ?? 0) >= (node.end ?? 0));
  return top?.start ?? 0;
}

/** Where the read may give nothing, comparisons with it must not hold. */
function wrapsOf(repository: Repository, module: Module, { target, slot }: Job): SpanEdit[] {
  if (slot.kind === 'compared' || target.part) return [];
  return comparisonsWith(repository, module, givenBy({ target, slot })).flatMap(({ edits }) => edits);
}

/** The expressions that a name may have got the credential from. */
function givenBy({ target, slot }: Job): Node[] {
  return [target.node, ...('all' in slot ? [slot.all] : [])];
}

/** All edits of a file, or those that can be made: each credential is tried by itself where all together cannot. */
function acceptedOf(
  module: Module,
  groups: readonly { readonly edits: readonly SpanEdit[] }[],
  checks: readonly SpanEdit[],
): readonly SpanEdit[] {
  const all = [...groups.flatMap(({ edits }) => edits), ...checks];
  const works = (edits: readonly SpanEdit[]): boolean => guarded(module.path, module.text, edits).kind === 'text';
  if (works(all)) return all;
  return [...groups.map(({ edits }) => edits), ...checks.map((check) => [check])].reduce<readonly SpanEdit[]>(
    (made, edits) => (works([...made, ...edits]) ? [...made, ...edits] : made),
    [],
  );
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
