import type { App } from '../repository/apps.ts';

/** A path of an app, from the top of the repository. */
export function inApp({ app }: { readonly app: Pick<App, 'root'> }, path: string): string {
  return app.root === '' ? path : `${app.root}/${path}`;
}

/** A path from the top of the repository as the app sees it. */
export function fromApp({ app }: { readonly app: Pick<App, 'root'> }, path: string): string {
  return app.root !== '' && path.startsWith(`${app.root}/`) ? path.slice(app.root.length + 1) : path;
}
