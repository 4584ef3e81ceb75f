import { choices, type Answers, type PackageManager, type Runtime } from './answers.ts';
import { KnownError } from '../errors.ts';
import { refuseContradictions, type GivenAnswers } from './given.ts';
import { daysLater } from './values.ts';

/** What the usual values depend on. */
export interface Circumstances {
  readonly clock: Date;
  /** The version of the Node that runs us, such as `22.18.0`. */
  readonly nodeVersion: string;
  /** What npm and its kin say about themselves in `npm_config_user_agent`. */
  readonly userAgent: string | undefined;
}

const usualDays = 60;

/**
 * Fills every gap with its usual value. Only the name and the owner have none: without them it throws,
 * and so it does when two answers exclude each other.
 */
export function settle(given: GivenAnswers, circumstances: Circumstances): Answers {
  const { name, directory, owner } = given;
  if (name === undefined || directory === undefined) throw missingName();
  if (owner === undefined) throw missingOwner();
  refuseContradictions(given);
  const answers = { ...usualAnswers(circumstances), onCall: owner, ...given, name, directory, owner };
  return withRuntime(answers, given.runtime, circumstances);
}

/** npm and Bun can bring Node along as a package; pnpm and Yarn install that of every platform and start the wrong one. */
function withRuntime(answers: Answers, asked: Runtime | undefined, { nodeVersion }: Circumstances): Answers {
  const { packageManager, install } = answers;
  if (packageManager === 'npm' || packageManager === 'bun') return answers;
  if (asked === 'pinned') throw cannotBringNode(packageManager, '--runtime');
  if (install && runtimeFor(nodeVersion) === 'pinned') throw cannotBringNode(packageManager, `Node.js ${nodeVersion}`);
  return { ...answers, runtime: 'system' };
}

/** The answers that need no person: what everything is when nothing is said about it. */
export function usualAnswers(circumstances: Circumstances): Omit<Answers, 'name' | 'directory' | 'owner' | 'onCall'> {
  return {
    starter: 'api',
    framework: 'hono',
    auth: 'password',
    signUp: { mode: 'closed' },
    secrets: ['env', 'file'],
    ci: 'github',
    data: 'internal',
    expires: daysLater(circumstances.clock, usualDays),
    afterExpiry: 'warn',
    runtime: runtimeFor(circumstances.nodeVersion),
    packageManager: whoRanUs(circumstances.userAgent),
    install: true,
    git: true,
  };
}

/** The package manager that started us; npm when nobody says. */
export function whoRanUs(userAgent: string | undefined): PackageManager {
  return choices.packageManager.find((manager) => userAgent?.startsWith(`${manager}/`)) ?? 'npm';
}

/** A Node that cannot run TypeScript by itself (before 22.18) is no use to the project, which then brings its own. */
function runtimeFor(nodeVersion: string): Runtime {
  const [major = 0, minor = 0] = nodeVersion.replace(/^v/, '').split('.').map(Number);
  return major > 22 || (major === 22 && minor >= 18) ? 'system' : 'pinned';
}

function cannotBringNode(packageManager: PackageManager, where: string): KnownError {
  return new KnownError({
    code: 'conflicting-flags',
    what: `A project on ${packageManager} cannot bring its own Node.js along: it runs on the one that is installed, 22.18 or newer.`,
    where,
    next: 'Use --package-manager npm, or install Node.js 22.18 or newer and leave --runtime out.',
  });
}

function missingOwner(): KnownError {
  return new KnownError({
    code: 'missing-owner',
    what: 'Nobody is named who answers for this project, and create-shipshape never guesses it.',
    where: '--owner',
    next: 'Add --owner @handle, --owner @company/team or --owner name@example.com',
  });
}

function missingName(): KnownError {
  return new KnownError({
    code: 'missing-name',
    what: 'The folder for the new project is missing.',
    where: 'dir',
    next: 'Name it, for instance: npm create shipshape@latest my-app -- --owner @handle',
  });
}
