import { relative } from 'node:path';
import type { Answers } from '../answers/answers.ts';
import { quote } from '../answers/replay.ts';
import { KnownError, type ExitCode } from '../errors.ts';
import type { Outcome, Preview, Reporter, Verification } from '../reporters/reporter.ts';
import { writeProject } from '../world/disk.ts';
import { commitAll } from '../world/git.ts';
import { install, installCommand, lastLines, scriptCommand, verify } from '../world/install.ts';
import { interrupted, watchInterrupts, type Interrupts } from '../world/interrupts.ts';
import { cleanEnvironment, type Start } from '../world/process.ts';
import { stage } from '../world/timings.ts';
import { localSettings, withLocalSettings } from './local-settings.ts';
import type { Session } from './session.ts';

/** Makes a planned project real: files, packages, proof, first commit. 0 when all of it is good, 1 when its own check fails. */
export async function make(preview: Preview, reporter: Reporter, session: Session): Promise<ExitCode> {
  const interrupts = watchInterrupts();
  try {
    const { folder, files } = preview;
    await stage('write', () => writeProject(folder, withLocalSettings(files), secretFiles, interrupts));
    const verification = await installAndVerify(preview, reporter, session, interrupts);
    const { commit, notes: ofGit } = await commitFirst(preview, session, interrupts);
    const notes = [...ofGit, advice(preview.answers, commit)];
    if (interrupts.signal.aborted)
      throw interrupted(`The project stays in ${folder}, complete except for its first commit.`);
    const { answers } = preview;
    const next = nextCommands(preview, session.workingDirectory);
    reporter.outcome({ ...preview, installed: answers.install, verification, commit, notes, next } satisfies Outcome);
    return verification?.passed === false ? 1 : 0;
  } finally {
    interrupts.stop();
  }
}

/** Files that only the person who made them may read. */
const secretFiles = new Set([localSettings]);

async function installAndVerify(
  { answers, folder, budget }: Preview,
  reporter: Reporter,
  session: Session,
  interrupts: Interrupts,
): Promise<Verification | undefined> {
  if (!answers.install) return undefined;
  const start = startIn(folder, session, interrupts);
  const manager = answers.packageManager;
  const resume = [...enter(folder, session.workingDirectory), installCommand(manager)].join(' && ');

  const installing = reporter.working(`Installing ${budget.packages} packages with ${manager}`);
  const installed = await stage('install', () => install(manager, start));
  if (installed.stopped) {
    installing.end('stopped', false);
    throw interrupted(`The project stays in ${folder}. To go on: ${resume}`);
  }
  installing.end(
    installed.ok ? `${budget.packages} packages installed` : 'the packages could not be installed',
    installed.ok,
  );
  if (!installed.ok) throw installFailed(lastLines(installed.output, 12), folder, resume);

  const checking = reporter.working(`Verifying with ${scriptCommand(manager, 'check')}`);
  const verification = await stage('verify', () => verify(manager, start));
  if (interrupts.signal.aborted) {
    checking.end('stopped', false);
    const check = [...enter(folder, session.workingDirectory), scriptCommand(manager, 'check')].join(' && ');
    throw interrupted(`The project stays in ${folder}, installed but not verified. To go on: ${check}`);
  }
  checking.end(`${verification.command} ${verification.passed ? 'passed' : 'failed'}`, verification.passed);
  return verification;
}

async function commitFirst({ answers, folder }: Preview, session: Session, interrupts: Interrupts) {
  if (!answers.git) return { commit: undefined, notes: [] };
  const message = `Create ${answers.name} with create-shipshape ${session.version}`;
  return stage('git', () => commitAll(message, startIn(folder, session, interrupts)));
}

function startIn(folder: string, session: Session, interrupts: Interrupts): Start {
  return { folder, environment: cleanEnvironment(session.environment), signal: interrupts.signal };
}

/** What the next commands do not say by themselves. */
function advice({ install: installed }: Answers, commit: string | undefined): string {
  if (installed || commit === undefined) return 'docs/sign-in.md leads to a first call of a route, command by command.';
  return 'the lock file comes with the installation. Commit it then: pipelines and images install nothing without it.';
}

/** The three commands to type next: into the folder, the first user where the app has its own, and the app itself. */
function nextCommands({ answers, folder, files }: Preview, workingDirectory: string): string[] {
  const manager = answers.packageManager;
  const script = (name: string): string => scriptCommand(manager, name);
  const into = enter(folder, workingDirectory);
  if (!answers.install) return [...into, installCommand(manager), script('check')];
  return [...into, firstCaller(answers, files.get('package.json') ?? ''), script('dev')];
}

/** Whoever calls the app first: an administrator of its own, or somebody with a token of a sign-in service on this machine. */
function firstCaller({ packageManager, owner }: Answers, packageJson: string): string {
  const script = (name: string): string => scriptCommand(packageManager, name);
  if (packageJson.includes('"dev:issuer"')) return script('dev:issuer');
  if (!packageJson.includes('"user:add"')) return script('check');
  const email = owner.startsWith('@') ? 'admin@example.com' : owner;
  return `${script('user:add')}${packageManager === 'npm' ? ' --' : ''} --email ${email} --role admin`;
}

function enter(folder: string, workingDirectory: string): string[] {
  const path = relative(workingDirectory, folder);
  return path === '' ? [] : [`cd ${quote(path)}`];
}

function installFailed(tail: readonly string[], folder: string, resume: string): KnownError {
  return new KnownError({
    code: 'install-failed',
    what: ['The packages could not be installed. The files of the project are complete and stay.', ...tail].join('\n'),
    where: folder,
    next: resume,
  });
}
