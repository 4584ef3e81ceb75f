import { existsSync, statSync } from 'node:fs';
import { isAbsolute, relative } from 'node:path';
import picocolors from 'picocolors';
import type { CommandLine } from '../answers/parse.ts';
import { KnownError, type ExitCode } from '../errors.ts';
import { fails } from '../flow/fail-on.ts';
import type { Report, ReportedFinding } from '../flow/report.ts';
import { voices } from '../reporters/check/voices.ts';
import { writeReport } from '../world/report-files.ts';
import { stage } from '../world/timings.ts';
import { openWatched } from '../world/watched.ts';
import { allRules } from './all-rules.ts';
import { keepBaseline } from './check-baseline.ts';
import { reportFor } from './check-report.ts';
import { checkRequest, type CheckRequest } from './check-request.ts';
import type { Session } from './session.ts';

/** Checks a folder and tells it in the voice that was asked for. */
export async function runCheck(line: CommandLine, session: Session): Promise<ExitCode> {
  const request = checkRequest(line, session);
  refuseMissingFolder(request.folder);
  const watched = openWatched(session.environment);
  const report = await reportFor(request, session, watched).finally(watched.end);
  if (request.baseline === 'write') keepBaseline(request.folder, report, session.clock);
  await stage('tell', () => tell(request, report, session, line.given.has('--verbose')));
  return request.baseline !== 'write' && fails(report, request.failOn) ? 1 : 0;
}

function tell(
  { folder, format, outputs, all }: CheckRequest,
  report: Report,
  session: Session,
  verbose: boolean,
): void {
  const told = verbose ? report : withoutStacks(report);
  const telling = { rules: allRules(), all, prefix: prefixOf(folder, session) };
  for (const output of outputs) writeReport(output.path, voices[output.format](told, { ...telling, look: plain }));
  session.terminal.print(voices[format](told, { ...telling, look: session.terminal }));
}

/** `apps/api/` when that folder was checked from above it. In GitHub Actions findings are shown by their path from the workspace. */
function prefixOf(folder: string, { workingDirectory, environment }: Session): string {
  const tops = [environment['GITHUB_WORKSPACE'] || workingDirectory, workingDirectory];
  const paths = tops.map((top) => relative(top, folder).replaceAll('\\', '/'));
  const path = paths.find((candidate) => !candidate.startsWith('..') && !isAbsolute(candidate)) ?? '';
  return path === '' ? '' : `${path}/`;
}

/** In a file nobody watches. */
const plain = { colors: picocolors.createColors(false), width: 100 };

function withoutStacks(report: Report): Report {
  return { ...report, findings: report.findings.map(withoutStack) };
}

function withoutStack(finding: ReportedFinding): ReportedFinding {
  const { stack, ...rest } = finding;
  return stack === undefined ? finding : rest;
}

function refuseMissingFolder(folder: string): void {
  if (existsSync(folder) && statSync(folder).isDirectory()) return;
  throw new KnownError({
    code: 'not-a-folder',
    what: 'There is no folder to check.',
    where: folder,
    next: 'Name the folder of a project: npx create-shipshape@latest check ../my-prototype',
  });
}
