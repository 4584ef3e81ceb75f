import { execFileSync } from 'node:child_process';
import { readFileSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { givenOn } from '../../../src/retrofit/given.ts';
import { lookAtProject, serverOf } from '../../../src/retrofit/look.ts';
import type { RetrofitPlan } from '../../../src/retrofit/plan.ts';
import { planRetrofit } from '../../../src/retrofit/plan-retrofit.ts';
import { settleRetrofit } from '../../../src/retrofit/settle.ts';
import { bytesOf } from '../../../src/tree/content.ts';
import { sumOf } from '../../../src/tree/step.ts';
import { openCheckout } from '../../../src/world/checkout.ts';
import { withFakes } from '../../rules/fakes.ts';
import { inputs } from '../../support/answers.ts';
import { checkedOut, filesOf } from './folders.ts';

/** What a retrofit makes of a prototype. */
export interface Retrofitted {
  /** All files of the project, but for `.env`, which nobody commits; made-up credentials are placeholders again. */
  readonly files: ReadonlyMap<string, Buffer>;
  /** What git ignores: the values that have left the code, by path. */
  readonly values: ReadonlyMap<string, Buffer>;
  readonly plan: RetrofitPlan;
}

/** An end date must never come: the day is far ahead. */
const farAhead = new Date('2099-10-15T00:00:00Z');

/** Retrofits a prototype with the answers beside it, on a fixed day. Nothing is proven here: the tests do that. */
export async function retrofitted(name: string): Promise<Retrofitted> {
  const before = filesOf(name, 'before');
  const folder = checkedOut(name, before);
  try {
    commit(folder);
    return afterwards(name, before, await planIn(folder, answersOf(name)));
  } finally {
    rmSync(dirname(folder), { recursive: true, force: true });
  }
}

async function planIn(folder: string, given: ReadonlyMap<string, string>): Promise<RetrofitPlan> {
  const repository = openCheckout(folder);
  const { apps } = await lookAtProject(repository);
  const asked = given.get('--app');
  const app = apps.find(({ root }) => root === asked) ?? apps[0];
  if (!app) throw new Error('no package to work on');
  const server = serverOf(repository, app);
  const answers = settleRetrofit(givenOn(given, farAhead), { repository, app, server, clock: farAhead });
  const scene = { repository, app, server, answers, inputs: { ...inputs, clock: farAhead }, node: '20.19.0' };
  return planRetrofit(scene, { contentOf: (path) => repository.file(path) && readFileSync(join(folder, path)) });
}

/** Answers are what the flags of the command say, by name. */
function answersOf(name: string): Map<string, string> {
  const answers: unknown = JSON.parse(readFileSync(join('examples/prototypes', name, 'answers.json'), 'utf8'));
  return new Map(Object.entries(answers as Record<string, string>).map(([flag, text]) => [`--${flag}`, text]));
}

function afterwards(name: string, before: ReadonlyMap<string, Buffer>, plan: RetrofitPlan): Retrofitted {
  const files = new Map(before);
  const values = new Map<string, Buffer>();
  for (const { path, after } of sumOf(plan.steps)) {
    if (after === undefined) files.delete(path);
    else (/(?:^|\/)\.env$/.test(path) ? values : files).set(path, Buffer.from(bytesOf(after)));
  }
  const placeholders = placeholdersIn(name);
  return { files: new Map([...files].map(([path, bytes]) => [path, written(bytes, placeholders)])), values, plan };
}

function placeholdersIn(name: string): ReadonlySet<string> {
  const all = [...filesOf(name, 'before', { asTracked: true }).values()].map((bytes) => bytes.toString('latin1'));
  return new Set(all.join('\n').match(/\{\{[a-z-]+:[\w-]+\}\}/g));
}

/** The other way round: no credential may stand in a tracked file, not even one that nobody issued. */
function written(bytes: Buffer, placeholders: ReadonlySet<string>): Buffer {
  let text = bytes.toString('latin1');
  for (const placeholder of placeholders) text = text.replaceAll(withFakes(placeholder), placeholder);
  return Buffer.from(text, 'latin1');
}

function commit(folder: string): void {
  const git = (...words: string[]): void => void execFileSync('git', words, { cwd: folder, stdio: 'ignore' });
  git('init', '--quiet', '--initial-branch=main');
  git('add', '--all');
  git('-c', 'user.name=A', '-c', 'user.email=a@example.com', 'commit', '--quiet', '--message=Prototype');
}
