// Says where a browser may be sent after signing in: to an address of this app, and never elsewhere.
const here = 'http://this-app.invalid';

/** The path, as browsers understand it; `/` for an address elsewhere, for one that is too long, and for signing in itself. */
export function ownPath(next: unknown): string {
  if (typeof next !== 'string' || !next.startsWith('/') || next.length > 1500 || !URL.canParse(next, here)) return '/';
  const { origin, pathname, search, hash } = new URL(next, here);
  const isOwn = origin === here && !pathname.startsWith('//') && !/^\/sign-(?:in|out)(?:\/|$)/.test(pathname);
  return isOwn ? `${pathname}${search}${hash}` : '/';
}
