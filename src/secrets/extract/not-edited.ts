import { isCode } from '../../code/parse.ts';
import { isSentToBrowser } from '../../repository/client-files.ts';
import type { Repository } from '../../repository/repository.ts';
import { isEnvFile } from '../env-files.ts';
import { textKindOf } from '../settings.ts';

const setUp = /(?:^|\/)(?:jest|vitest|mocha|tests?)[.-]?setup[\w.-]*$|(?:^|\/)setup-?(?:tests?|jest|vitest)[\w.-]*$/i;
const forDatabase = /(?:^|\/)(?:mongo-?init|init-?mongo)[\w.-]*\.js$|(?:^|\/)docker-entrypoint-initdb\.d\//i;

/** Why a file is left to a person. */
export function whyNotEdited(repository: Repository, path: string): string | undefined {
  const role = repository.file(path)?.role;
  if (isEnvFile(path)) return 'it is in a file of settings that git holds: take the file out of git and keep it';
  if (role === 'test' || role === 'fixture' || setUp.test(path))
    return 'it is in a test: let the test make its own value';
  if (forDatabase.test(path)) return 'a database runs it, which has no environment of this program';
  if (role === 'vendored') return 'the file is made by a tool or comes from somebody else';
  if (!isCode(path)) {
    const { writing } = textKindOf(path);
    if (writing === 'json' || writing === 'yaml')
      return 'a configuration file cannot read the environment by itself: take the value out, and let the code that reads the file read the environment';
    return 'it is not code of this program: take the value out by hand';
  }
  if (isSentToBrowser(repository, path))
    return 'everybody who opens the page can read it, wherever it comes from: call from the server, and let the page ask the server';
  return undefined;
}
