import { basename } from 'node:path';
import type { Proof } from '../../src/retrofit/proof.ts';
import { shipshape, type Ended } from './command.ts';
import { copyOfCheckout, differing, fingerprints, removeCopy } from './copy.ts';
import { failsOf, valueIn, type Checked, type Told } from './told.ts';

/** One repository: what was found in it, and what became of it. Undefined stands for "was not got to". */
export interface Row {
  readonly name: string;
  readonly found?: string;
  readonly planned?: { readonly changes: number; readonly left: readonly string[]; readonly kept: readonly string[] };
  readonly applied?: boolean;
  readonly boots?: { readonly before: boolean; readonly after: boolean | undefined; readonly why: string };
  readonly open?: readonly string[];
  readonly answers?: Readonly<Record<'same' | 'notProven' | 'worse', readonly string[]>>;
  readonly secrets?: { readonly before: number; readonly after: number };
  readonly own?: readonly string[];
  readonly ownIsSame?: boolean;
  readonly dropped?: readonly string[];
  /** Paths that a second run would change, by what the first has brought in; what it has not is tried again. */
  readonly second?: readonly string[];
  /** What a second run would bring in that the first has not, because it made something worse or could not be proven. */
  readonly triedAgain?: readonly string[];
  /** Paths that are not what they were after undo. */
  readonly undone?: readonly string[];
  readonly seconds: Readonly<Record<string, number>>;
  readonly errors: readonly string[];
}

export interface RowOptions {
  /** How long one repository may take. */
  readonly seconds: number;
  /** Flags for `retrofit` beside the usual ones. */
  readonly flags: readonly string[];
}

const usual = ['--yes', '--owner', '@acme/owners'];

type Filling = { -readonly [Key in keyof Row]: Row[Key] } & { seconds: Record<string, number>; errors: string[] };

/** Retrofits a copy of a checkout, looks at the result from outside, and takes it back. Never throws. */
export async function rowOf(checkout: string, options: RowOptions): Promise<Row> {
  const row: Filling = { name: basename(checkout), seconds: {}, errors: [] };
  let folder = '';
  try {
    folder = copyOfCheckout(checkout);
    await fill(row, folder, options);
  } catch (error) {
    row.errors.push(error instanceof Error ? error.message.slice(0, 300) : 'failed');
  } finally {
    if (folder !== '') removeCopy(folder);
  }
  return row;
}

async function fill(row: Filling, folder: string, { seconds, flags }: RowOptions): Promise<void> {
  const deadline = Date.now() + seconds * 1000;
  const run = async (step: string, ...words: string[]): Promise<Ended> => {
    const ended = await shipshape(words, deadline);
    row.seconds[step] = Math.round(ended.seconds * 100) / 100;
    if (ended.late) throw new Error(`${step}: took longer than ${seconds} s`);
    return ended;
  };
  const retrofit = ['retrofit', folder, ...usual, '--json', ...flags];

  const before = checkedIn(await run('check', 'check', folder, '--json'));
  row.found = before.about[0]?.text ?? 'nothing';
  const asItWas = fingerprints(folder);

  const planned = toldBy('plan', await run('plan', ...retrofit, '--dry-run'));
  row.planned = {
    changes: planned.changes?.length ?? 0,
    left: (planned.left ?? []).map(({ by, why }) => `${by}: ${why}`),
    kept: (planned.kept ?? []).map(({ by, what }) => `${by}: ${what}`),
  };
  if (differing(asItWas, fingerprints(folder)).length > 0) row.errors.push('--dry-run has written something');

  const ended = await run('retrofit', ...retrofit);
  const told = valueIn<Told>(ended.out);
  row.applied = differing(asItWas, fingerprints(folder)).length > 0;
  if (ended.code !== 0) row.errors.push(`retrofit ended with ${ended.code}: ${lastLines(ended)}`);
  if (told?.proof) tellProof(row, told.proof);

  const after = checkedIn(await run('check again', 'check', folder, '--json'));
  row.open = failsOf(after, 'auth/default-deny');
  const rule = 'secrets/no-hardcoded';
  row.secrets = { before: failsOf(before, rule).length, after: failsOf(after, rule).length };

  const second = toldBy('second run', await run('second run', ...retrofit, '--dry-run'));
  const brought = new Set((told?.changes ?? []).map(({ by }) => by));
  const again = second.changes ?? [];
  row.second = again.filter(({ by }) => brought.has(by)).map(({ path, by }) => `${path} (${by})`);
  row.triedAgain = [...new Set(again.map(({ by }) => by))].filter((by) => !brought.has(by));

  if (!row.applied) return;
  const undo = await run('undo', 'undo', folder, '--yes', ...flags.filter((flag) => flag === '--no-install'));
  row.undone = differing(asItWas, fingerprints(folder));
  if (undo.code !== 0) row.errors.push(`undo ended with ${undo.code}: ${lastLines(undo)}`);
}

function checkedIn(ended: Ended): Checked {
  const checked = valueIn<Checked>(ended.out);
  if (!checked) throw new Error(`check ended with ${ended.code}: ${lastLines(ended)}`);
  return checked;
}

function toldBy(step: string, ended: Ended): Told {
  const told = valueIn<Told>(ended.out);
  if (!told || ended.code !== 0) throw new Error(`${step} ended with ${ended.code}: ${lastLines(ended)}`);
  return told;
}

function tellProof(row: Filling, proof: Proof): void {
  const { before, after, routes, own, dropped, seconds } = proof;
  const why = !before.started ? before.why : after && !after.started ? after.why : '';
  row.boots = { before: before.started, after: after?.started, why };
  const withVerdict = (verdict: string): string[] =>
    routes
      .filter((route) => route.verdict === verdict)
      .map((route) => (verdict === 'same' ? route.key : `${route.key}: ${route.why}`));
  row.answers = { same: withVerdict('same'), notProven: withVerdict('not-proven'), worse: withVerdict('worse') };
  row.own = own.map(({ command, verdict, why: reason }) => `${command}: ${verdict}${reason && ` (${reason})`}`);
  row.ownIsSame = own.every(({ verdict }) => verdict === 'same' || verdict === 'better');
  row.dropped = dropped.map(({ by, why: reason }) => `${by}: ${reason}`);
  for (const [step, value] of Object.entries(seconds)) row.seconds[`proof ${step}`] = value;
}

function lastLines({ out, error }: Ended): string {
  const text = error.trim() === '' ? out : error;
  return text.trim().split('\n').slice(-6).join(' ').slice(-500);
}
