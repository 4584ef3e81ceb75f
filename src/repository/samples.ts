import { appsOf, type App } from './apps.ts';
import { fact, type Repository } from './repository.ts';

const sampleFolder =
  /(?:^|\/)(?:examples?|samples?|demos?|templates?|starters?|boilerplates?|playgrounds?|tests?|__tests__|benchmarks?)(?:\/|$)/;

const topSampleFolder = /^(?:examples?|samples?|demos?|templates?|starters?|boilerplates?|playgrounds?|benchmarks?)\//;

/** The packages of a repository that only show or try something, where it holds others that do not: nobody runs them for users. */
const samplesOf = fact((repository: Repository): ReadonlySet<string> => {
  const withCode = appsOf(repository).filter(({ files }) => files.some(({ role }) => role === 'source'));
  const inSamples = withCode.filter(({ root }) => sampleFolder.test(root));
  return new Set(inSamples.length < withCode.length ? inSamples.map(({ root }) => root) : []);
});

/** Whether a file lies in a folder of samples on top of an app that has code elsewhere too: templates of a generator, examples of a library. */
export function isSampleFile({ root, files }: App, path: string): boolean {
  const inside = (file: string): string => (root === '' ? file : file.slice(root.length + 1));
  const isIn = (file: string): boolean => topSampleFolder.test(inside(file));
  return isIn(path) && files.some((file) => file.role === 'source' && !isIn(file.path));
}

/** Whether a package is such a sample. */
export function isSample(repository: Repository, { root }: App): boolean {
  return samplesOf(repository).has(root) || (sampleFolder.test(root) && repository.file('package.json') !== undefined);
}
