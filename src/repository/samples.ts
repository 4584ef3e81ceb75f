import { appsOf, type App } from './apps.ts';
import { fact, type Repository } from './repository.ts';

const sampleFolder =
  /(?:^|\/)(?:examples?|samples?|demos?|templates?|starters?|boilerplates?|playgrounds?|tests?|__tests__|benchmarks?)(?:\/|$)/;

/** The packages of a repository that only show or try something, where it holds others that do not: nobody runs them for users. */
const samplesOf = fact((repository: Repository): ReadonlySet<string> => {
  const withCode = appsOf(repository).filter(({ files }) => files.some(({ role }) => role === 'source'));
  const inSamples = withCode.filter(({ root }) => sampleFolder.test(root));
  return new Set(inSamples.length < withCode.length ? inSamples.map(({ root }) => root) : []);
});

export function isSample(repository: Repository, { root }: App): boolean {
  return samplesOf(repository).has(root) || (sampleFolder.test(root) && repository.file('package.json') !== undefined);
}
