import { NotParsed, parseModule } from '../code/parse.ts';
import type { Module } from '../code/module.ts';
import { roleOf } from '../repository/roles.ts';
import type { Repository } from '../repository/repository.ts';
import type { SecretFinding } from './finding.ts';
import { scanText } from './scan.ts';
import { findingsOf, secretsIn } from './secrets-in.ts';
import { layersFor, textKindOf } from './settings.ts';

/** A text that was in a repository once. */
export interface PastText {
  readonly path: string;
  /** The first commit that has it, 40 hex digits. */
  readonly commit: string;
  readonly text: string;
}

/** A credential that is no longer in the files, and still in every copy of the history. */
export interface PastSecret extends SecretFinding {
  readonly commit: string;
}

/** Credentials of past texts that stand in no file any more: each once, where it first appeared. */
export async function secretsInHistory(repository: Repository, texts: Iterable<PastText>): Promise<PastSecret[]> {
  const known = new Set((await secretsIn(repository)).map(({ fingerprint }) => fingerprint));
  const found: PastSecret[] = [];
  for (const { path, commit, text } of texts) {
    const layers = layersFor(path, roleOf(path));
    if (layers === 'none' || text === '') continue;
    const sightings = await scanText({
      path,
      text,
      layers,
      kind: textKindOf(path),
      module: () => moduleOf(path, text),
    });
    for (const [index, finding] of findingsOf(path, text, sightings).entries()) {
      if (known.has(finding.fingerprint) || sightings[index]?.echo) continue;
      known.add(finding.fingerprint);
      found.push({ ...finding, commit });
    }
  }
  return found;
}

function moduleOf(path: string, text: string): Module | undefined {
  try {
    return parseModule(path, text);
  } catch (error) {
    if (error instanceof NotParsed) return undefined;
    throw error;
  }
}
