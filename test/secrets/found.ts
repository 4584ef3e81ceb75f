import { secretsIn } from '../../src/secrets/secrets-in.ts';
import { repositoryOf } from '../support/repository.ts';

/** The places of the secrets that are found in these files, as `path:line`. */
export async function placesIn(files: Readonly<Record<string, string>>): Promise<string[]> {
  const found = await secretsIn(repositoryOf(files));
  return found.map(({ place }) => `${place.path}:${place.line}`);
}
