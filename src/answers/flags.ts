import { choices } from './answers.ts';
import * as patterns from './patterns.ts';

/** One flag of a command. `off` flags take something away: `--no-git`. */
export type Flag = {
  /** With its dashes, as it is typed: `--framework`. */
  readonly name: `--${string}`;
  readonly about: string;
  readonly group: string;
} & (
  | { readonly kind: 'choice' | 'list'; readonly values: readonly string[]; readonly usual?: string }
  | { readonly kind: 'text'; readonly shape: string; readonly pattern: RegExp; readonly usual?: string }
  | { readonly kind: 'switch'; readonly short?: `-${string}` }
  /** A switch that may say more behind an equals sign: `--changed=main`. */
  | { readonly kind: 'detail'; readonly shape: string; readonly usual: string }
  | { readonly kind: 'off' }
);

/** Flags that every command has. */
export const commonFlags: readonly Flag[] = [
  {
    name: '--json',
    kind: 'switch',
    group: 'Output',
    about: 'print the result, or the error, as JSON and nothing else',
  },
  { name: '--no-color', kind: 'off', group: 'Output', about: 'print plain text' },
  { name: '--verbose', kind: 'switch', group: 'Output', about: 'print the stack of an unknown error' },
  { name: '--timings', kind: 'switch', group: 'Output', about: 'print how long each stage took' },
  { name: '--help', kind: 'switch', short: '-h', group: 'Output', about: 'print this' },
  { name: '--version', kind: 'switch', short: '-v', group: 'Output', about: 'print the version' },
];

/** The flags of `create`. Their order is the order of the help text and of the replay line. */
export const createFlags: readonly Flag[] = [
  {
    name: '--starter',
    kind: 'choice',
    values: choices.starter,
    usual: 'api',
    group: 'Project',
    about: 'what to start from',
  },
  {
    name: '--framework',
    kind: 'choice',
    values: choices.framework,
    usual: 'hono',
    group: 'Project',
    about: 'web framework',
  },
  {
    name: '--auth',
    kind: 'choice',
    values: choices.auth,
    usual: 'password',
    group: 'Project',
    about: 'own users, or tokens of your identity provider',
  },
  {
    name: '--sign-up',
    kind: 'text',
    shape: 'closed|invite|domain:<d>|open',
    pattern: patterns.signUp,
    usual: 'closed',
    group: 'Project',
    about: 'who may become a user (password only)',
  },
  {
    name: '--secrets',
    kind: 'list',
    values: choices.secrets,
    usual: 'env,file',
    group: 'Project',
    about: 'where secrets are read, first one first',
  },
  {
    name: '--ci',
    kind: 'choice',
    values: choices.ci,
    usual: 'github',
    group: 'Project',
    about: 'whose pipelines',
  },
  {
    name: '--data',
    kind: 'choice',
    values: choices.data,
    usual: 'internal',
    group: 'Project',
    about: 'the most delicate data that it will hold',
  },
  {
    name: '--owner',
    kind: 'text',
    pattern: patterns.person,
    shape: '@handle or e-mail',
    group: 'People',
    about: 'who answers for it (never guessed)',
  },
  {
    name: '--second-owner',
    kind: 'text',
    pattern: patterns.person,
    shape: '@handle or e-mail',
    group: 'People',
    about: 'who else does',
  },
  {
    name: '--on-call',
    kind: 'text',
    pattern: patterns.onCall,
    shape: '@handle, e-mail, phone or https address',
    usual: 'the owner',
    group: 'People',
    about: 'who is called when it breaks',
  },
  {
    name: '--expires',
    kind: 'text',
    pattern: patterns.dayOrDays,
    shape: 'YYYY-MM-DD or 60d',
    usual: '60d',
    group: 'People',
    about: 'the last day of the experiment, at most 90 days away',
  },
  {
    name: '--after-expiry',
    kind: 'choice',
    values: choices.afterExpiry,
    usual: 'warn',
    group: 'People',
    about: 'what the service does after that day',
  },
  {
    name: '--runtime',
    kind: 'choice',
    values: choices.runtime,
    usual: 'pinned where your Node is too old',
    group: 'Tools',
    about: 'bring Node along, or use the installed one',
  },
  {
    name: '--package-manager',
    kind: 'choice',
    values: choices.packageManager,
    usual: 'the one that ran this',
    group: 'Tools',
    about: 'who installs',
  },
  { name: '--no-install', kind: 'off', group: 'Tools', about: 'do not install, so do not verify either' },
  { name: '--no-git', kind: 'off', group: 'Tools', about: 'no repository and no first commit' },
  { name: '--yes', kind: 'switch', short: '-y', group: 'Tools', about: 'ask nothing, take the usual values' },
  { name: '--dry-run', kind: 'switch', group: 'Tools', about: 'print what would be written, and write nothing' },
  ...commonFlags,
];

/** How a flag is typed: `--framework hono|fastify|express`, `-y, --yes`. */
export function usageOf(flag: Flag): string {
  switch (flag.kind) {
    case 'choice':
      return `${flag.name} ${flag.values.join('|')}`;
    case 'list':
      return `${flag.name} <list>`;
    case 'text':
      return `${flag.name} <${flag.shape}>`;
    case 'switch':
      return flag.short === undefined ? flag.name : `${flag.short}, ${flag.name}`;
    case 'detail':
      return `${flag.name}[=${flag.shape}]`;
    case 'off':
      return flag.name;
  }
}
