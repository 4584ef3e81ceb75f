// Keeps the files of the server to itself: this app serves the folder that its own code lies in, and only what pages need goes out.
import { statSync } from 'node:fs';
import { join, posix } from 'node:path';
import { problem, type Layer } from './call.ts';
import { publicFiles, servedAt } from './public-files.ts';

const folder = join(import.meta.dirname ?? '', '..');

/** What lies in the folder of the app and is not listed in public-files is as if it were not there. */
export const privateFiles: Layer = {
  name: 'privateFiles',
  before({ req }) {
    const path = pathOf(req.url);
    return path !== undefined && isFile(path) && !isPublic(path) ? problem(404, 'There is nothing here') : undefined;
  },
};

/** The file that an address means, from the folder of the app; undefined for an address elsewhere. */
function pathOf(url = ''): string | undefined {
  const [address = ''] = url.replace(/^[a-z]+:\/\/[^/?#]*/i, '').split(/[?#]/);
  if (!address.startsWith(servedAt)) return undefined;
  try {
    return posix.normalize(`/${decodeURIComponent(address.slice(servedAt.length)).replaceAll('\\', '/')}`);
  } catch {
    return undefined;
  }
}

function isFile(path: string): boolean {
  return !path.includes('\0') && (statSync(join(folder, path), { throwIfNoEntry: false })?.isFile() ?? false);
}

function isPublic(path: string): boolean {
  return publicFiles.some((entry) => (entry.endsWith('/') ? path.startsWith(entry) : path === entry));
}
