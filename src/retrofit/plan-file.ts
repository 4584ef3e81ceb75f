import { createHash } from 'node:crypto';
import { KnownError } from '../errors.ts';
import { isGuardrail } from '../guardrails/ids.ts';
import { bytesOf, type Content } from '../tree/content.ts';
import { isRecord } from '../tree/record.ts';
import { sumOf } from '../tree/step.ts';
import type { RetrofitAnswers } from './answers.ts';
import type { RetrofitPlan } from './plan.ts';

/** A plan that is kept for later: answers and hashes, and no text of any file. */
export interface PlanFile {
  readonly schema: 1;
  /** The version of create-shipshape that made it: another one may write other files. */
  readonly version: string;
  readonly answers: Omit<RetrofitAnswers, 'access'> & { readonly access: Readonly<Record<string, string>> };
  readonly files: readonly PlannedFile[];
}

interface PlannedFile {
  readonly path: string;
  /** SHA-256 of what is there before and after; null where nothing is. Of a file with secrets only before. */
  readonly before: string | null;
  readonly after: string | null;
}

/** What is kept of a plan. */
export function planFileOf(plan: RetrofitPlan, answers: RetrofitAnswers, version: string): PlanFile {
  return {
    schema: 1,
    version,
    answers: { ...answers, access: Object.fromEntries(answers.access) },
    files: filesOf(plan),
  };
}

/** The answers of a kept plan. Throws where the text is none of ours. */
export function readPlanFile(
  text: string,
  path: string,
  version: string,
): PlanFile & { readonly given: RetrofitAnswers } {
  const file = parsed(text);
  if (!isPlanFile(file)) throw notAPlan(path);
  if (file.version !== version)
    throw new KnownError({
      code: 'changed-meanwhile',
      what: `The plan was made by version ${file.version}, and this is ${version}: it would write other files.`,
      where: path,
      next: `Apply it with npx create-shipshape@${file.version}, or make a new plan with --plan-out.`,
    });
  return { ...file, given: { ...file.answers, access: new Map(Object.entries(file.answers.access)) } };
}

/** Throws `changed-meanwhile` where the plan of today is not the one that was reviewed. */
export function requireSamePlan(kept: PlanFile, plan: RetrofitPlan, path: string): void {
  const now = new Map(filesOf(plan).map((file) => [file.path, file]));
  const before = new Map(kept.files.map((file) => [file.path, file]));
  const changed = [...new Set([...before.keys(), ...now.keys()])].filter((name) => {
    const [one, other] = [before.get(name), now.get(name)];
    return (
      one?.before !== other?.before || one?.after !== other?.after || (one === undefined) !== (other === undefined)
    );
  });
  if (changed.length === 0) return;
  throw new KnownError({
    code: 'changed-meanwhile',
    what: `The project has changed since the plan was made: ${changed.slice(0, 8).join(', ')}${changed.length > 8 ? ` and ${changed.length - 8} more` : ''}.`,
    where: path,
    next: 'Make a new plan with --plan-out, and look at it again.',
  });
}

function filesOf({ steps }: RetrofitPlan): PlannedFile[] {
  const secret = new Set(steps.flatMap((step) => (step.secret ? [step.path] : [])));
  return sumOf(steps)
    .map(({ path, before, after }) => ({
      path,
      before: hashOf(before),
      after: secret.has(path) ? null : hashOf(after),
    }))
    .toSorted((one, other) => (one.path < other.path ? -1 : 1));
}

function hashOf(content: Content | undefined): string | null {
  return content === undefined ? null : createHash('sha256').update(bytesOf(content)).digest('hex');
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function isPlanFile(value: unknown): value is PlanFile {
  if (!isRecord(value) || value['schema'] !== 1 || typeof value['version'] !== 'string') return false;
  const { answers, files } = value;
  if (!isRecord(answers) || !Array.isArray(files)) return false;
  const { access, app, owner, guardrails } = answers;
  return (
    isRecord(access) &&
    Object.values(access).every((rule) => typeof rule === 'string' && isRule(rule)) &&
    typeof app === 'string' &&
    typeof owner === 'string' &&
    Array.isArray(guardrails) &&
    guardrails.every((id) => typeof id === 'string' && isGuardrail(id)) &&
    files.every((file) => isRecord(file) && typeof file['path'] === 'string')
  );
}

/** A rule is written into a file as code: nothing but the three forms may come from outside. */
function isRule(rule: string): boolean {
  return /^(?:'user'|open\('(?:[^'\\\n\r]|\\['\\])+'\)|anyOf\((?:'[\w-]+'(?:, )?)+\))$/.test(rule);
}

function notAPlan(path: string): KnownError {
  return new KnownError({
    code: 'bad-value',
    what: 'This is no plan that --plan-out has written.',
    where: path,
    next: 'Make one: npx create-shipshape@latest retrofit --plan-out plan.json',
  });
}
