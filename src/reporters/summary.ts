import type { Answers } from '../answers/answers.ts';

/** What a project is, in one line: `hono API · own users · @ana, @ben answer for it · internal data`. */
export function headline(answers: Answers): string {
  const users = answers.auth === 'oidc' ? 'users of your identity provider' : 'own users';
  const people = [answers.owner, answers.secondOwner].filter((person) => person !== undefined).join(' and ');
  return `${answers.framework} API · ${users} · ${people} · ${answers.data === 'none' ? 'no' : answers.data} data`;
}

/** Everything that was not asked, in one line. */
export function fineprint(answers: Answers): string {
  const { signUp } = answers;
  return [
    answers.auth === 'password' && `sign-up ${signUp.mode === 'domain' ? `for ${signUp.domain}` : signUp.mode}`,
    `secrets from ${answers.secrets.join(', ')}`,
    `${answers.ci} CI`,
    `on call ${answers.onCall}`,
    `experiment until ${answers.expires}, then ${answers.afterExpiry === 'warn' ? 'a warning' : 'closed'}`,
    answers.runtime === 'pinned' ? 'brings its own Node' : 'installed Node',
    answers.install ? answers.packageManager : `${answers.packageManager}, not installed`,
    answers.git ? 'git' : 'no git',
  ]
    .filter(Boolean)
    .join(' · ');
}

/** How many files there are in each folder, the fullest groups by name: `src/guardrails 24`. */
export function countsByFolder(paths: Iterable<string>): [folder: string, count: number][] {
  const counts = new Map<string, number>();
  for (const path of paths) counts.set(groupOf(path), (counts.get(groupOf(path)) ?? 0) + 1);
  return [...counts].toSorted(([left], [right]) => (left < right ? -1 : 1));
}

/** A file's group: its folder, at most two deep, and deep only below src and test. */
export function groupOf(path: string): string {
  const folders = path.split('/').slice(0, -1);
  const [top] = folders;
  if (top === undefined) return '.';
  const deep = (top === 'src' || top === 'test') && folders[1] === 'guardrails';
  return `${folders.slice(0, deep ? 2 : 1).join('/')}/`;
}

/** Bytes as people read them. */
export function size(bytes: number): string {
  return bytes < 1000 ? `${bytes} B` : `${(bytes / 1000).toFixed(bytes < 10_000 ? 1 : 0)} kB`;
}
