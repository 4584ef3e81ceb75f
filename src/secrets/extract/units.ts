import { guarded } from '../../code/edit/guarded.ts';
import type { SpanEdit } from '../../code/edit/spans.ts';
import type { Module } from '../../code/module.ts';

/** Edits of one file that belong to a job; a job may have several, in several files. */
export interface Unit<Job> {
  readonly job: Job;
  readonly module: Module;
  readonly edits: readonly SpanEdit[];
}

export interface Working<Job> {
  readonly files: readonly { readonly path: string; readonly edits: readonly SpanEdit[] }[];
  /** Jobs of which something could not be done, so that nothing of them is. */
  readonly failed: readonly Job[];
}

/** The edits of all jobs that can be done as a whole, each file looked at with all of its edits. */
export function unitsThatWork<Job>(units: readonly Unit<Job>[]): Working<Job> {
  const failed = new Set<Job>();
  for (;;) {
    const left = units.filter(({ job }) => !failed.has(job));
    const modules = [...new Set(left.map(({ module }) => module))];
    const broken = modules.flatMap((module) =>
      brokenIn(
        module,
        left.filter((unit) => unit.module === module),
      ),
    );
    if (broken.length === 0) return { files: modules.map((module) => fileOf(module, left)), failed: [...failed] };
    for (const job of broken) failed.add(job);
  }
}

function fileOf<Job>(module: Module, units: readonly Unit<Job>[]): Working<Job>['files'][number] {
  return { path: module.path, edits: units.filter((unit) => unit.module === module).flatMap(({ edits }) => edits) };
}

/** The jobs whose edits cannot be made beside those of the jobs before them. */
function brokenIn<Job>(module: Module, units: readonly Unit<Job>[]): Job[] {
  const works = (edits: readonly SpanEdit[]): boolean => guarded(module.path, module.text, edits).kind === 'text';
  if (works(units.flatMap(({ edits }) => edits))) return [];
  const made: SpanEdit[] = [];
  return units.flatMap(({ job, edits }) => {
    if (!works([...made, ...edits])) return [job];
    made.push(...edits);
    return [];
  });
}
