import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { runLine } from '../../boot/running.ts';
import { recordedFiles } from '../../guardrails/tests/recorded.ts';
import type { RetrofitPlan } from '../plan.ts';
import type { Proof, RecordedAnswer } from '../proof.ts';
import { bootSettings, type Stage } from './stage.ts';

/** What became of the guard tests in the copy. */
interface Tests {
  /** Why they are red; undefined where they are green. */
  readonly why: string | undefined;
  /** Answers that came again when the tests asked for them. */
  readonly recorded: readonly RecordedAnswer[];
}

const mostSeconds = 90;
const mostRounds = 3;

/** Runs the guard tests that a plan brings, in the copy that holds it. Where they are red they are left out, and the reason is told. */
export async function withGuardTests(stage: Stage, plan: RetrofitPlan, proof: Proof): Promise<Proof> {
  const suite = plan.steps.find(
    ({ path, kind }) => kind === 'create' && /guardrails\/tests\/guards(?:\.test)?\.mjs$/.test(path),
  );
  if (!suite || !proof.after?.started || proof.dropped.some(({ by }) => by === 'tests')) return proof;
  stage.putBack();
  stage.options.say('Running the guard tests in the copy');
  const { why, recorded } = await rounds(stage, suite.path, proof.recorded);
  if (why === undefined) return { ...proof, recorded };
  return {
    ...proof,
    recorded: [],
    dropped: [...proof.dropped, { by: 'tests', why: `its guard tests are red: ${why}` }],
  };
}

/** An answer that does not come again when a test asks for it is no good test; everything else has to be green. */
async function rounds(stage: Stage, suite: string, all: readonly RecordedAnswer[]): Promise<Tests> {
  let recorded = all;
  let why = '';
  for (let round = 0; round < mostRounds && !stage.options.watch.isOver(); round++) {
    const output = await run(stage, suite, recorded);
    if (output === undefined) return { why: undefined, recorded };
    const unsteady = new Set([...output.matchAll(/not ok \d+ - (.+) answers as it did$/gm)].map(([, key]) => key));
    why =
      /(The app does not start by: .+)/.exec(output)?.[1] ??
      /error: '?(?:\|-\s+)?(.+)/.exec(output)?.[1]?.replace(/'$/, '') ??
      'they do not come to an end';
    if (unsteady.size === 0) break;
    recorded = recorded.filter(({ key }) => !unsteady.has(key));
  }
  return { why: why === '' ? 'no time was left to run them' : why, recorded };
}

/** What the tests said where they are red; undefined where they are green. */
async function run(stage: Stage, suite: string, recorded: readonly RecordedAnswer[]): Promise<string | undefined> {
  const { app } = stage.options;
  const inside = app.root === '' ? suite : suite.slice(app.root.length + 1);
  const files = recordedFiles({ app }, recorded).map((step) => ({ ...step, file: join(stage.copy.folder, step.path) }));
  for (const { file, kind, ...step } of files)
    if (kind === 'create' && 'after' in step) writeFileSync(file, step.after);
  const line = `node --test --test-reporter=tap ${JSON.stringify(inside)}`;
  const { ending, output } = await runLine(line, stage.app, stage.runWith(bootSettings(stage), mostSeconds * 1000));
  for (const { file } of files) rmSync(file, { force: true });
  stage.options.watch.check();
  return ending?.code === 0 ? undefined : output;
}
