import type { Proof } from '../flow/proofs.ts';
import type { NotRead, Repository } from '../repository/repository.ts';
import { secretsInHistory, type PastSecret } from '../secrets/in-history.ts';
import { historyBlobs } from '../world/git-history.ts';
import type { Watched } from '../world/watched.ts';

/** What was found in the history, and what of it could not be read. */
export interface HistoryResult {
  readonly proofs: readonly Proof[];
  readonly notRead: readonly NotRead[];
}

/** Looks for secrets in everything that git still keeps of a folder. Throws `no-git`. */
export async function lookThroughHistory(
  repository: Repository,
  folder: string,
  watched: Watched,
): Promise<HistoryResult> {
  const notRead: NotRead[] = [];
  const secrets = await secretsInHistory(
    repository,
    told(
      historyBlobs(folder, (note) => notRead.push(note)),
      watched,
    ),
  );
  return { proofs: secrets.map(proofOf), notRead };
}

function* told<Text>(texts: Iterable<Text>, watched: Watched): Generator<Text> {
  let read = 0;
  for (const text of texts) {
    watched.say(`${(read += 1)} texts of the history`);
    yield text;
  }
}

function proofOf({ kind, name, place, confidence, evidence, rotate, commit }: PastSecret): Proof {
  const called = name !== undefined && !name.includes('://') ? ` (${name})` : '';
  const key = `history ${kind} ${name ?? ''} ${place.path}`;
  return {
    rule: 'secrets/no-hardcoded',
    key,
    finding: {
      verdict: 'fail',
      message: `Anyone who has a copy of this repository still has the ${kind}${called}: it was taken out of the files and stands in the history, since commit ${commit.slice(0, 10)}.`,
      where: { path: place.path },
      confidence,
      evidence,
      remedy: `${rotate} A new value makes the old one worthless; rewriting the history does not reach the copies that others have.`,
      key,
    },
  };
}
