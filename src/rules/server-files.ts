import type { Module } from '../code/module.ts';
import { isClientFile } from '../repository/client-files.ts';
import type { App } from '../repository/apps.ts';
import type { Repository } from '../repository/repository.ts';

/** The code of an app that runs on the server and whose text fits all hints. */
export function serverModules(
  repository: Repository,
  { files }: Pick<App, 'files'>,
  ...hints: RegExp[]
): readonly Module[] {
  const fits = (text: string): boolean => hints.every((hint) => hint.test(text));
  return files.flatMap(({ path, role }) => {
    if (role !== 'source' || !fits(repository.read(path) ?? '') || isClientFile(repository, path)) return [];
    const module = repository.module(path);
    return module ? [module] : [];
  });
}
