import { posix } from 'node:path';
import type { Server } from '../../frameworks/server.ts';
import { appOf, type App } from '../../repository/apps.ts';
import type { Repository } from '../../repository/repository.ts';
import { proxyOf, type DevProxy } from './dev-proxy.ts';

/** How a page gets at the server of its project. */
export type Reach =
  /** Under the address that it comes from. `proxy` passes its questions on while it is developed; `built` is what a build makes the page from. */
  | { readonly kind: 'same-origin'; readonly proxy: DevProxy; readonly built?: App }
  /** It does not, as far as the code tells; `why` follows "because". */
  | { readonly kind: 'apart'; readonly why: string };

/** Tells whether a page's file and a server share an address. */
export function reachOf(repository: Repository, server: Server, path: string): Reach {
  const front = appOf(repository, path);
  // The top of the repository is written `.` or as nothing.
  const folders = server.statics.flatMap(({ folder }) => (folder === undefined ? [] : [folder.replace(/^\.$/, '')]));
  if (
    folders.some((folder) => folder === '' || path.startsWith(`${folder}/`)) ||
    isSentByHand(repository, server, path)
  )
    return { kind: 'same-origin', proxy: { kind: 'none' } };
  if (!front) return { kind: 'apart', why: 'nothing tells which server sends this page' };
  if (hasMiddleware(repository, server)) return { kind: 'same-origin', proxy: { kind: 'none' } };
  const proxy = proxyOf(repository, front);
  if (isBuiltInto(repository, front, folders)) return { kind: 'same-origin', proxy, built: front };
  if (proxy.kind === 'passes-all' || proxy.kind === 'listed') return { kind: 'same-origin', proxy };
  return {
    kind: 'apart',
    why: 'the page and the server have addresses of their own, and a key may only be used behind the sign-in of the server',
  };
}

/** `res.sendFile(path.join(__dirname, 'index.html'))` */
function isSentByHand(repository: Repository, { app }: Server, path: string): boolean {
  if (!/\.html?$/.test(path)) return false;
  const name = posix.basename(path);
  return app.files.some(({ path: file, role }) => {
    const text = role === 'source' ? repository.read(file) : undefined;
    return text !== undefined && /sendFile|serveStatic|readFile/.test(text) && text.includes(name);
  });
}

/** Vite inside the server: it sends the pages itself. */
function hasMiddleware(repository: Repository, { app }: Server): boolean {
  return app.files.some(
    ({ path, role }) => role === 'source' && /\bmiddlewareMode\b/.test(repository.read(path) ?? ''),
  );
}

/** A folder is served into which this app's build puts its pages. */
function isBuiltInto(repository: Repository, { root, files }: App, folders: readonly string[]): boolean {
  const config = files.find(({ path }) => /(?:^|\/)vite\.config\.[cm]?[jt]s$/.test(path));
  const told = /\boutDir\s*:\s*['"]([^'"]+)/.exec((config && repository.read(config.path)) ?? '')?.[1];
  const outDir = told === undefined ? undefined : posix.join(root, told);
  return folders.some((folder) => {
    if (folder === outDir) return true;
    const isBuild = /(?:^|\/)(?:dist|build|out|www)(?:\/(?:client|public))?$/.test(folder);
    return isBuild && (root === '' || folder.startsWith(`${root}/`) || !holdsSource(repository, folder));
  });
}

function holdsSource({ files }: Repository, folder: string): boolean {
  return files.some(({ path, role }) => role === 'source' && path.startsWith(`${folder}/`));
}
