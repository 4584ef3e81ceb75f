import type { Answers, PackageManager } from './answers.ts';

/** How a package manager runs create-shipshape. npm alone keeps flags for itself when ` -- ` is missing. */
export function createLine(manager: PackageManager, version: string, words: readonly string[]): string {
  const [directory = '', ...flags] = words.map(quote);
  const starts = {
    npm: [`npm create shipshape@${version}`, directory, ...(flags.length > 0 ? ['--'] : [])],
    pnpm: [`pnpm create shipshape@${version}`, directory],
    yarn: [`yarn create shipshape@${version}`, directory],
    bun: [`bun create shipshape@${version}`, directory],
  };
  return [...starts[manager], ...flags].filter(Boolean).join(' ');
}

/** The flags that give these answers without a question, each with its value. Nothing is left to a default that may change. */
export function flagsFor(answers: Answers): string[] {
  const { signUp } = answers;
  const pairs: [string, string | undefined][] = [
    ['--starter', answers.starter],
    ['--framework', answers.framework],
    ['--auth', answers.auth],
    [
      '--sign-up',
      answers.auth === 'oidc' ? undefined : signUp.mode === 'domain' ? `domain:${signUp.domain}` : signUp.mode,
    ],
    ['--secrets', answers.secrets.join(',')],
    ['--ci', answers.ci],
    ['--data', answers.data],
    ['--owner', answers.owner],
    ['--second-owner', answers.secondOwner],
    ['--on-call', answers.onCall],
    ['--expires', answers.expires],
    ['--after-expiry', answers.afterExpiry],
    ['--runtime', answers.runtime],
    ['--package-manager', answers.packageManager],
  ];
  const flags = pairs.flatMap(([flag, value]) => (value === undefined ? [] : [flag, value]));
  if (!answers.install) flags.push('--no-install');
  if (!answers.git) flags.push('--no-git');
  return [...flags, '--yes'];
}

/** The line that makes the same project again, ready for a shell. */
export function replayLine(answers: Answers, version: string): string {
  return createLine(answers.packageManager, version, [answers.directory, ...flagsFor(answers)]);
}

/** A word as a POSIX shell needs it: quoted only where it must be. A leading `@` is quoted for PowerShell's sake. */
export function quote(word: string): string {
  return /^[\w/.,:=+-][\w/.,:=+@-]*$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
}
