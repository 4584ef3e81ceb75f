import type { PlannedStep } from '../../retrofit/plan.ts';
import { textOf } from '../../tree/content.ts';
import { readJson } from '../../tree/json.ts';
import { isRecord } from '../../tree/record.ts';
import { sumOf } from '../../tree/step.ts';

/** Names of the packages that a plan adds to any package.json, sorted. */
export function addedPackages(steps: readonly PlannedStep[]): string[] {
  const added = sumOf(steps)
    .filter(({ path }) => /(?:^|\/)package\.json$/.test(path))
    .flatMap(({ before, after }) => {
      const old = packagesIn(textOf(before));
      return packagesIn(textOf(after)).filter((name) => !old.includes(name));
    });
  return [...new Set(added)].toSorted();
}

function packagesIn(text: string | undefined): string[] {
  const manifest = text === undefined ? undefined : readJson(text.replace(/^\ufeff/, ''));
  if (!isRecord(manifest)) return [];
  return ['dependencies', 'devDependencies', 'optionalDependencies'].flatMap((kind) =>
    Object.keys(manifest[kind] ?? {}),
  );
}
