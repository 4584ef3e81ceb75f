import { optionsOf, type Value } from '../../code/run/values.ts';

/** The paths that a value stands for; a regular expression as it is written; undefined where it cannot be told. */
export function pathsOf(value: Value | undefined): readonly string[] | undefined {
  if (!value) return ['/'];
  const paths: string[] = [];
  for (const option of optionsOf(value)) {
    if (option.kind === 'constant' && typeof option.value === 'string') paths.push(option.value);
    else if (option.kind === 'constant' && (option.value === undefined || option.value === null)) paths.push('/');
    else if (option.kind === 'pattern') paths.push(option.text);
    else if (option.kind === 'list' && !option.open) {
      const inside = option.items.map(pathsOf);
      if (inside.includes(undefined)) return undefined;
      paths.push(...inside.flatMap((some) => some ?? []));
    } else return undefined;
  }
  return paths;
}

/** `/api` and `/users` make `/api/users`; `/` adds nothing. */
export function joinPaths(prefix: string, path: string): string {
  const before = prefix.replace(/\/+$/, '');
  if (isPattern(path)) return before === '' ? path : `${before}${path}`;
  const after = path.replace(/^\/+/, '');
  if (after === '') return before === '' ? '/' : before;
  return `${before}/${after}`.replace(/^\/(?=\*$)/, before === '' && path.startsWith('*') ? '' : '/');
}

export function isPattern(path: string): boolean {
  return /^\/(?:\^|.*\/[a-z]*$)/.test(path) && /[\\^$()[\]|]/.test(path);
}

/** Whether code mounted at a path runs for a route: undefined where a regular expression decides. */
export function covers(mount: string, route: string): boolean | undefined {
  if (mount === '/' || mount === '' || mount === '*' || mount === '/*') return true;
  if (isPattern(mount)) return undefined;
  const wanted = segments(mount.replace(/\/?(?:\*\w*|\{\*\w+\}|\(\.\*\)|:\w+\*)$/, ''));
  const given = segments(route);
  return wanted.every((segment, index) => {
    const other = given[index];
    return other !== undefined && (segment === other || /^[:*]/.test(segment));
  });
}

/** Whether a route answers everything that another one would, when it comes first. */
export function shadows(first: string, later: string): boolean {
  if (/(?:\*\w*|\{\*\w+\}|\(\.\*\))$/.test(first)) return covers(first, later) === true;
  const [wanted, given] = [segments(first), segments(later)];
  return (
    wanted.length === given.length &&
    wanted.every((segment, index) => segment === given[index] || segment.startsWith(':'))
  );
}

function segments(path: string): string[] {
  return path.split('/').filter((segment) => segment !== '');
}
