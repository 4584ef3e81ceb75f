import type { Outcome, Preview, Reporter } from './reporter.ts';

/** For programs: one JSON text at the end, on standard output, and nothing else; timings go to standard error. */
export function jsonReporter(print: (line: string) => void, complain: (line: string) => void): Reporter {
  const show = (value: object): void => print(JSON.stringify(value, null, 2));
  return {
    preview: () => {},
    dryRun: (preview) => show({ code: 'planned', message: 'Nothing was written.', ...planned(preview) }),
    working: () => ({ end: () => {} }),
    outcome: (outcome) => show({ code: 'created', message: `Created ${outcome.folder}.`, ...made(outcome) }),
    failure: ({ code, what, where, next }) => show({ code, message: what, where: where ?? null, next: next ?? null }),
    timings: (all) => complain(JSON.stringify({ timings: all })),
  };
}

function planned({ answers, folder, files, budget, replay }: Preview): object {
  const list = [...files].map(([path, text]) => ({ path, bytes: Buffer.byteLength(text) }));
  return { folder, answers, files: list, budget, replay };
}

function made(outcome: Outcome): object {
  const { verification, installed, commit, notes, next } = outcome;
  return { ...planned(outcome), installed, verification: verification ?? null, commit: commit ?? null, notes, next };
}
