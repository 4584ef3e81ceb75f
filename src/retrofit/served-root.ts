import { posix } from 'node:path';
import type { ServedRoot } from '../dialect/public-files-file.ts';
import type { Server } from '../frameworks/server.ts';
import { isSentToBrowser } from '../repository/client-files.ts';
import type { Repository } from '../repository/repository.ts';
import { isCode } from '../code/parse.ts';

/** The folder of an app that it serves although its own code lies in it; undefined where it does no such thing. */
export function servedRootOf(repository: Repository, { app, statics }: Server): ServedRoot | undefined {
  const served = statics.find(({ folder }) => folder !== undefined && isSameFolder(folder, app.root));
  if (!served) return undefined;
  const at = served.path.replace(/\/?\*?$/, '');
  return { at: at === '' ? '/' : `${at}/`, files: publicFilesOf(repository, app.root) };
}

/** The top of the repository is written `.` or as nothing. */
export function isSameFolder(one: string, other: string): boolean {
  return one.replace(/^\.$/, '') === other;
}

const asset =
  /\.(?:html?|css|png|jpe?g|gif|svg|webp|avif|ico|bmp|woff2?|ttf|otf|eot|mp[34]|webm|ogg|wav|pdf|webmanifest|wasm)$|^(?:robots|humans|ads|security)\.txt$|^sitemap[\w-]*\.xml$|^manifest\.json$/i;

/** What looks like a page and its parts, at the top and below it, and what pages name. */
function publicFilesOf(repository: Repository, root: string): string[] {
  const inside = repository.files.flatMap(({ path }) =>
    root === '' ? [path] : path.startsWith(`${root}/`) ? [path.slice(root.length + 1)] : [],
  );
  const full = (path: string): string => (root === '' ? path : `${root}/${path}`);
  const isPublic = (path: string): boolean =>
    !/(?:^|\/)\./.test(path) &&
    (asset.test(path.split('/').at(-1) ?? '') || (isCode(path) && isSentToBrowser(repository, full(path))));
  const folders = [...new Set(inside.flatMap((path) => (path.includes('/') ? [path.split('/')[0] ?? ''] : [])))];
  const whole = folders.filter((folder) => inside.filter((path) => path.startsWith(`${folder}/`)).every(isPublic));
  const files = inside.filter((path) => isPublic(path) && !whole.some((folder) => path.startsWith(`${folder}/`)));
  const named = inside
    .filter((path) => /\.html?$/i.test(path) && isPublic(path))
    .flatMap((path) => namedIn(repository.read(full(path)) ?? '', path));
  const all = [...whole.map((folder) => `/${folder}/`), ...files.map((path) => `/${path}`), ...named];
  return [...new Set(all)].toSorted();
}

/** Scripts and styles that a page names by an address of its own site. */
function namedIn(html: string, page: string): string[] {
  return [...html.matchAll(/\b(?:src|href)\s*=\s*["']([^"'#?:]+)["']/gi)].flatMap(([, address = '']) => {
    const path = posix.join('/', address.startsWith('/') ? '' : posix.dirname(page), address);
    return /\.\w+$/.test(path) && !/\/\./.test(path) && !/^\/(?:server|app|index)\.[cm]?js$/.test(path) ? [path] : [];
  });
}
