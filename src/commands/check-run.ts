import { existsSync, statSync } from 'node:fs';
import { resolve } from 'node:path';
import { has, type CommandLine } from '../answers/parse.ts';
import { KnownError, type ExitCode } from '../errors.ts';
import { checkRepository } from '../flow/check.ts';
import { tellAsJson } from '../reporters/check/json.ts';
import { tellAsText } from '../reporters/check/text.ts';
import { rules } from '../rules/registry.ts';
import { openCheckout } from '../world/checkout.ts';
import type { Session } from './session.ts';

/** Checks a folder and tells it in the voice that was asked for. 0: nothing blocks; 1: something does. */
export async function runCheck(line: CommandLine, session: Session): Promise<ExitCode> {
  const folder = folderToCheck(resolve(session.workingDirectory, line.words[0] ?? '.'));
  const report = await checkRepository(openCheckout(folder), { rules, stage: 'prototype', version: session.version });
  const asJson = session.json || line.given.get('--format') === 'json';
  session.terminal.print(asJson ? tellAsJson(report) : tellAsText(report, session.terminal, has(line, '--all')));
  return report.findings.some(({ blocks }) => blocks) ? 1 : 0;
}

function folderToCheck(folder: string): string {
  if (existsSync(folder) && statSync(folder).isDirectory()) return folder;
  throw new KnownError({
    code: 'not-a-folder',
    what: 'There is no folder to check.',
    where: folder,
    next: 'Name the folder of a project: npx create-shipshape check ../my-prototype',
  });
}
