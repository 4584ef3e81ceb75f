import { spawnSync } from 'node:child_process';
import type { Command } from './commands-in.ts';

/** What it takes to run a command that a document names. */
export interface Recipe {
  /** Why it cannot be run here. */
  readonly skip?: string;
  /** It does not end by itself. */
  readonly staysOn?: boolean;
  /** What is typed when it asks. */
  readonly answer?: string;
  /** It takes long, and other tests run it too: only in the full run. */
  readonly slow?: boolean;
  /** Settings that the documents say it needs. */
  readonly settings?: Readonly<Record<string, string>>;
}

/** The password of everybody in these tests. */
export const password = 'correct horse battery';

const hasDocker = spawnSync('docker', ['info'], { stdio: 'ignore' }).status === 0;

/** docs/runbook.md, "Start it", and docs/sign-in.md, "Which service, and for whom". */
const production = {
  EMBEDDED_DATABASE: 'one-replica-on-a-volume',
  OIDC_ISSUER: 'https://login.example.com/realms/staff',
};

const recipes: readonly (readonly [RegExp, Recipe])[] = [
  [/^docker stop$/, { skip: 'names no container' }],
  [/^docker /, hasDocker ? { slow: true } : { skip: 'there is no Docker here' }],
  [/^aws /, { skip: 'needs an account of AWS' }],
  [/^fly /, { skip: 'needs an account of Fly' }],
  [/dotenv-vault|secrets:pu/, { skip: 'needs an account of Dotenv' }],
  [/ --to aws$/, { skip: 'needs an account of AWS' }],
  [/@dotenvx/, { slow: true }],
  [/^npm run (?:dev|dev:issuer)$/, { staysOn: true }],
  [/^npm run start$/, { staysOn: true, settings: production }],
  [/^npm (?:install|run (?:check|test|guard:base))$/, { slow: true }],
  [/ user:(?:add|password)\b/, { answer: `${password}\n` }],
  [/^read -rs PASSWORD$/, { answer: `${password}\n` }],
  [/ secrets:set (?!.*--generate)/, { answer: 'a value of more than twenty characters' }],
];

/** How a command is run. */
export function recipeFor({ text }: Command): Recipe {
  return recipes.find(([pattern]) => pattern.test(text))?.[1] ?? {};
}

/** What a person would type: the scripts that `docs/sign-in.md` only names get the words that they ask for. */
export function asTyped({ text }: Command): string {
  const wanted: Record<string, string> = {
    'npm run user:role': 'npm run user:role -- --email ana@example.com --role user',
    'npm run user:password': 'npm run user:password -- --email ana@example.com',
    'npm run user:remove': 'npm run user:remove -- --email ana@example.com',
  };
  return (wanted[text] ?? text).replace(/\bNAME\b/, 'MAIL_KEY').replace('<commit>', 'HEAD');
}
