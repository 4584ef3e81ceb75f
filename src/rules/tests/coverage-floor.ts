import { fact, type Repository } from '../../repository/repository.ts';

/** How much of the code the tests have to reach, as a file says: `lines` to percent. */
export type Floor = ReadonlyMap<string, number>;

const configured =
  /(?:^|\/)(?:package\.json|\.nycrc(?:\.json)?|\.c8rc\.json|(?:vitest|vite|jest)\.config\.[cm]?[jt]s|jest\.config\.json)$/;

/** The coverage floors of a repository, by file and kind. */
export const floorsOf = fact((repository: Repository): Floor => {
  const floors = new Map<string, number>();
  for (const { path } of repository.files) {
    const text = configured.test(path) ? (repository.read(path) ?? '') : '';
    if (!/coverage|threshold|nyc|c8/i.test(text) && !/nycrc|c8rc/.test(path)) continue;
    for (const [, kind = '', percent = ''] of text.matchAll(
      /["']?\b(lines|branches|functions|statements)["']?\s*:\s*(\d+(?:\.\d+)?)/g,
    ))
      floors.set(`${path} ${kind}`, Math.max(Number(percent), floors.get(`${path} ${kind}`) ?? 0));
  }
  return floors;
});
