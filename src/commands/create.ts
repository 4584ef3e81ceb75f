import { resolve } from 'node:path';
import type { Answers, PackageManager } from '../answers/answers.ts';
import { createFlags } from '../answers/flags.ts';
import { didYouMean } from '../answers/nearest.ts';
import { ask } from '../answers/questions.ts';
import { answersOn, type GivenAnswers } from '../answers/given.ts';
import { converse } from '../answers/conversation.ts';
import { has, type CommandLine } from '../answers/parse.ts';
import { replayLine } from '../answers/replay.ts';
import { settle } from '../answers/settle.ts';
import { KnownError, type ExitCode } from '../errors.ts';
import { planCreate } from '../flow/create.ts';
import type { Preview, Reporter } from '../reporters/reporter.ts';
import { knownEmail } from '../world/git.ts';
import { isOnPath } from '../world/process.ts';
import { shippedInputs } from '../world/shipped-inputs.ts';
import { stage } from '../world/timings.ts';
import { abouts } from './abouts.ts';
import type { Command } from './command.ts';
import { make } from './make.ts';
import { holdsProject, refusePlace } from './place.ts';
import { reporterFor } from './report.ts';
import { retrofit } from './retrofit.ts';
import type { Session } from './session.ts';

/** Makes a new project: answers, plan, preview, consent, then the disk. */
export const create: Command = {
  usage: 'create-shipshape [dir] [flags]',
  about:
    'Makes an API project that can go into production: sign-in, secrets, tests, CI, traces and an owner are there and working.',
  examples: [
    'npm create shipshape@latest my-app',
    "npm create shipshape@latest my-app -- --owner '@ana' --yes",
    "npx create-shipshape@latest my-app --framework fastify --auth oidc --owner '@company/team' --dry-run",
  ],
  flags: createFlags,
  run: (line, session) => runCreate(line, session),
};

async function runCreate(line: CommandLine, session: Session): Promise<ExitCode> {
  refuseMoreThanOneWord(line);
  const given = answersOn(line, session.workingDirectory, session.clock);
  if (talks(line, session) && holdsProject(given.directory, session)) return offerRetrofit(line, session);
  refusePlace(given.directory, session);
  const reporter = reporterFor(session);
  if (!talks(line, session)) {
    const preview = await planned(settle(given, session.circumstances), session);
    reporter.preview(preview);
    return finish(line, preview, reporter, session);
  }
  return finish(line, await talkedOver(given, !has(line, '--dry-run'), reporter, session), reporter, session);
}

/** Whether there is somebody to ask. */
function talks(line: CommandLine, { terminal, json }: Session): boolean {
  return terminal.interactive && !json && !has(line, '--yes');
}

/** Where a project stands already, nothing new is made: it is brought into shape. Flags that both commands know are taken along. */
async function offerRetrofit({ words, given }: CommandLine, session: Session): Promise<ExitCode> {
  const go = await ask({
    type: 'select',
    message: 'This folder holds a project. Bring it into shape?',
    choices: [
      { title: 'Yes, show me what would change', description: 'nothing is written before you agree', value: 'yes' },
      { title: 'No', value: 'no' },
    ],
    hint: 'arrows, then Enter',
  });
  if (go === 'no') throw new KnownError({ code: 'not-confirmed', what: 'Stopped. Nothing was written.' });
  const known = new Set<string>(retrofit.flags.map(({ name }) => name));
  return retrofit.run({ words, given: new Map([...given].filter(([flag]) => known.has(flag))) }, session);
}

function talkedOver(given: GivenAnswers, consent: boolean, reporter: Reporter, session: Session): Promise<Preview> {
  return converse<Preview>(given, {
    ...session,
    consent,
    refusePlace: (directory) => refusePlace(directory, session),
    suggestOwner: () => knownEmail({ folder: session.workingDirectory, environment: session.environment }),
    plan: (answers) => planned(answers, session),
    show: reporter.preview,
    print: session.terminal.print,
  });
}

/** The plan of a project and what is said about it before anything is written. */
async function planned(answers: Answers, session: Session): Promise<Preview> {
  if (answers.install) refuseMissingManager(answers.packageManager, session);
  const inputs = await stage('read templates', () => shippedInputs(session.version, session.clock));
  const { files, budget } = await stage('plan', () => planCreate(answers, inputs));
  const folder = resolve(session.workingDirectory, answers.directory);
  return { answers, folder, files, budget, replay: replayLine(answers, session.version) };
}

async function finish(line: CommandLine, preview: Preview, reporter: Reporter, session: Session): Promise<ExitCode> {
  if (has(line, '--dry-run')) {
    reporter.dryRun(preview);
    return 0;
  }
  return make(preview, reporter, session);
}

function refuseMoreThanOneWord({ words }: CommandLine): void {
  if (words.length <= 1) return;
  const meant = didYouMean(words[0] ?? '', Object.keys(abouts));
  throw new KnownError({
    code: 'too-many-arguments',
    what: `One folder is expected, and ${words.length} words were given: ${words.join(' ')}. ${meant ?? ''}`.trim(),
    where: words[1] ?? '',
    next: 'Keep the folder. Values belong behind their flag, and flags behind " -- " for npm: npm create shipshape@latest my-app -- --framework hono',
  });
}

function refuseMissingManager(manager: PackageManager, { environment }: Session): void {
  if (isOnPath(manager, environment)) return;
  throw new KnownError({
    code: 'no-package-manager',
    what: `${manager} is not installed, so nothing could install the packages of the project.`,
    where: '--package-manager',
    next: `Install ${manager}, choose another one with --package-manager npm, or add --no-install.`,
  });
}
