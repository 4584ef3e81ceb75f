import { quoted } from './quoted.ts';

/** A folder that holds the code of the app and is served all the same. */
export interface ServedRoot {
  /** Where it is served, such as `/`. */
  readonly at: string;
  /** What pages need of it: `/index.html`, `/images/`. */
  readonly files: readonly string[];
}

/** The guard file that lists what may go out. */
export function publicFilesFile({ at, files }: ServedRoot): string {
  return `// What of the folder of this app anybody may fetch, if the access table lets them in: everything else in it stays inside.

/** Where the folder is served. */
export const servedAt = ${quoted(at)};

/** Files, and folders with everything below them. Add what a page needs, and no code of the server. */
// prettier-ignore
export const publicFiles: readonly string[] = [
${files.map((file) => `  ${quoted(file)},\n`).join('')}];
`;
}
