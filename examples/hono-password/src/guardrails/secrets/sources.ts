// Asks the sources of secrets one after the other, each only for what is still missing.
import { type Environment, type SecretSource, SourceError } from './source.ts';

/** What the file of a source exports. */
export interface SourceModule {
  open(environment: Environment): SecretSource;
}

/** Source names in the order in which they are asked, each with its lazily loaded module. */
export type Chain = Readonly<Record<string, () => Promise<SourceModule>>>;

/** Where each secret was found. */
export type Found = ReadonlyMap<string, { readonly value: string; readonly source: string }>;

/** The sources to ask: all of the chain, or those that SECRET_SOURCES names, such as `env` or `vault,env`. */
export function chosenSources(chain: Chain, environment: Environment): readonly string[] {
  const known = Object.keys(chain);
  const wanted = environment.SECRET_SOURCES ? environment.SECRET_SOURCES.split(',').map((name) => name.trim()) : known;
  const unknown = wanted.find((name) => !known.includes(name));
  if (unknown !== undefined)
    throw new SourceError(unknown, 'is not a source of this app.', `set SECRET_SOURCES to some of ${known.join(',')}`);
  return wanted;
}

/** Loads one source of the chain. */
export async function openSource(chain: Chain, name: string, environment: Environment): Promise<SecretSource> {
  const load = chain[name];
  if (!load) throw new SourceError(name, 'is not a source of this app.', 'look into src/guardrails/secrets/chain.ts');
  return (await load()).open(environment);
}

/** Finds as many of the names as there are. A source that fails stops the search: nothing is replaced by something older. */
export async function findSecrets(names: readonly string[], chain: Chain, environment: Environment): Promise<Found> {
  const found = new Map<string, { value: string; source: string }>();
  for (const name of chosenSources(chain, environment)) {
    const wanted = names.filter((secret) => !found.has(secret));
    if (wanted.length === 0) break;
    const source = await openSource(chain, name, environment);
    for (const [secret, value] of Object.entries(await source.fetch(wanted)))
      found.set(secret, { value, source: name });
  }
  return found;
}
