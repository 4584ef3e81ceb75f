import { appOf } from '../repository/apps.ts';
import { fact, type Repository } from '../repository/repository.ts';
import { envEntriesOf, isEnvSample } from './env-files.ts';
import { isIgnoredBy } from './ignore-rules.ts';

const readsEnvFile = /\bdotenv\b|loadEnvFile|--env-file|@nestjs\/config|env_file/;

/** A list of settings that a build tool writes into pages for everybody. */
function isForPages(repository: Repository, path: string): boolean {
  const keys = isEnvSample(path) ? envEntriesOf(repository.read(path) ?? '').map(({ key }) => key) : [];
  return keys.length > 0 && keys.every((key) => /^(?:VITE|REACT_APP|GATSBY|(?:NEXT_|NUXT_|EXPO_)?PUBLIC)_/.test(key));
}

/** The folders in which a .env file lies or is expected: those of the packages that read one. */
export const envFolders = fact((repository: Repository): readonly string[] => {
  const lying = repository.files
    .filter(({ path }) => /(?:^|\/)\.env(?:\.[\w.-]+)?$/.test(path) && !isForPages(repository, path))
    .map(({ path }) => path.slice(0, path.lastIndexOf('/') + 1));
  const reading = repository.files
    .filter(
      ({ path, role }) =>
        (role === 'source' || /(?:^|\/)(?:package\.json|(?:docker-)?compose[\w.-]*\.ya?ml)$/.test(path)) &&
        readsEnvFile.test(repository.read(path) ?? ''),
    )
    .map(({ path }) => appOf(repository, path)?.root ?? '');
  return [...new Set([...lying, ...reading.map((root) => (root === '' ? '' : `${root}/`))])];
});

/** Does this repository have, or expect, a file with settings? */
export function usesEnvFiles(repository: Repository): boolean {
  return envFolders(repository).length > 0;
}

/** Every .gitignore on the way to a file may name it. */
export function isLeftOut(repository: Repository, path: string): boolean {
  return ignoreFilesOf(path).some((ignore) =>
    isIgnoredBy(repository.read(ignore) ?? '', path.slice(ignore.length - '.gitignore'.length)),
  );
}

/** The .gitignore of the top, and of every folder on the way to a file. */
export function ignoreFilesOf(path: string): string[] {
  const folders = path.split('/').slice(0, -1);
  return ['', ...folders].map((_, depth) => [...folders.slice(0, depth), '.gitignore'].join('/'));
}
