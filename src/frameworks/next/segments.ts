/** The URL path of a folder of the app router: groups and slots left out, `[id]` as `:id`, `[...rest]` as `:rest*`. */
export function urlOf(segments: readonly string[]): string {
  const parts = segments.flatMap((segment) => (isInvisible(segment) ? [] : [parameterOf(segment)]));
  return `/${parts.join('/')}`;
}

/** `(marketing)` and `@modal` are folders for people, not for the URL. */
function isInvisible(segment: string): boolean {
  return /^\([^.)][^)]*\)$/.test(segment) || segment.startsWith('@') || segment === '';
}

function parameterOf(segment: string): string {
  const rest = /^\[?\[\.\.\.(.+?)\]\]?$/.exec(segment)?.[1];
  if (rest !== undefined) return `:${rest}*`;
  return segment.replaceAll(/\[([^\]]+)\]/g, ':$1').replace(/^%5F/, '_');
}
