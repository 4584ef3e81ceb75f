import { join } from 'node:path';
import { bootOnce, type BootResult, type NotBooted } from '../boot/boot.ts';
import { seenWhileRunning } from '../boot/findings.ts';
import { seenByStranger } from '../boot/stranger.ts';
import { startWatch, type Watch } from '../boot/watch.ts';
import { KnownError } from '../errors.ts';
import type { RuleId } from '../flow/finding.ts';
import type { Proof } from '../flow/proofs.ts';
import { shown } from '../flow/shown.ts';
import type { Server } from '../frameworks/server.ts';
import { serversOf } from '../frameworks/servers.ts';
import { appOf } from '../repository/apps.ts';
import type { Repository } from '../repository/repository.ts';
import type { CheckContext, Rule, RuleFinding } from '../rules/rule.ts';
import { watchInterrupts } from '../world/interrupts.ts';
import type { Session } from './session.ts';

/** What to boot, and who agreed. */
export interface BootRequest {
  readonly folder: string;
  /** Somebody agreed on the command line. */
  readonly agreed: boolean;
  readonly rules: readonly Rule[];
  readonly context: CheckContext;
  /** Packages may run their install scripts in the copy. */
  readonly installScripts: boolean;
}

interface Booted {
  readonly server: Server;
  readonly result: BootResult;
}

/** How long one app may take once its packages are there. */
const secondsForEach = 90;

/** Runs the servers of a repository in throw-away copies, with consent, and tells what was seen. */
export async function proofsByBooting(
  repository: Repository,
  request: BootRequest,
  session: Session,
): Promise<Proof[]> {
  const servers = serversToBoot(repository);
  if (servers.length === 0) return [];
  await consent(servers, request, session);
  const interrupts = watchInterrupts();
  try {
    const booted: Booted[] = [];
    const proofs: Proof[] = [];
    for (const server of servers) {
      const result = await boot(server, repository, request, session, startWatch(secondsForEach, interrupts.signal));
      if ('why' in result) proofs.push(notBooted(result));
      else booted.push({ server, result });
    }
    return [...proofs, ...(await proofsOf(booted, repository, request))];
  } finally {
    interrupts.stop();
  }
}

/** One for each app: that which listens. */
function serversToBoot(repository: Repository): Server[] {
  const byApp = new Map<string, Server>();
  for (const server of serversOf(repository))
    if (!byApp.get(server.app.root)?.listens) byApp.set(server.app.root, server);
  return [...byApp.values()];
}

async function boot(
  server: Server,
  repository: Repository,
  { folder, installScripts }: BootRequest,
  { environment, terminal }: Session,
  watch: Watch,
): Promise<BootResult | NotBooted> {
  const preload = join(import.meta.dirname, 'boot-preload.mjs');
  try {
    return await bootOnce({
      folder,
      repository,
      server,
      installScripts,
      preload,
      environment,
      watch,
      say: terminal.complain,
    });
  } catch (error) {
    if (error instanceof KnownError) throw error;
    return { why: error instanceof Error ? error.message : String(error), tried: [] };
  }
}

function notBooted({ why, tried }: NotBooted): Proof {
  const lines =
    tried
      .at(-1)
      ?.tail.split('\n')
      .filter((line) => line.trim() !== '') ?? [];
  const telling =
    lines.find((line) => /(?:^|\s)\w*Error: |ECONNREFUSED|is (?:missing|required)/.test(line)) ?? lines.at(-1);
  const tail = telling === undefined ? '' : ` It printed: ${telling.trim()}`;
  return proof('auth/default-deny', { verdict: 'unknown', message: `it did not start here: ${why}.${tail}` }, 'boot');
}

/** Each app answers for what was read in its own folder; the rest stays as it was read. */
async function proofsOf(
  booted: readonly Booted[],
  repository: Repository,
  { rules, context }: BootRequest,
): Promise<Proof[]> {
  const proofs: Proof[] = [];
  for (const rule of rules) {
    const looks = booted.flatMap(({ server, result }) => {
      const look = rule.id === 'auth/default-deny' ? seenBy(server, result) : seenWhileRunning(result).get(rule.id);
      return look ? [{ server, look }] : [];
    });
    if (looks.length === 0) continue;
    let findings = await answersOf(rule, repository, context);
    for (const { server, look } of looks) {
      const own = findings.filter((finding) => isAbout(finding, server, repository));
      findings = [...findings.filter((finding) => !own.includes(finding)), ...look(own)];
    }
    proofs.push(...findings.map((finding) => proof(rule.id, finding, '*')));
  }
  return proofs;
}

function seenBy(server: Server, result: BootResult): (read: readonly RuleFinding[]) => readonly RuleFinding[] {
  return (read) => seenByStranger(read, result, server);
}

/** A rule that throws is told by the engine, which asks it too. */
async function answersOf(rule: Rule, repository: Repository, context: CheckContext): Promise<readonly RuleFinding[]> {
  try {
    return await rule.check(repository, context);
  } catch {
    return [];
  }
}

/** A finding without a place is about an app where there is only one. */
function isAbout(finding: RuleFinding, { app }: Server, repository: Repository): boolean {
  const path = 'where' in finding ? finding.where?.path : undefined;
  if (path === undefined || path === '.') return serversToBoot(repository).length === 1;
  return appOf(repository, path)?.root === app.root;
}

function proof(rule: RuleId, finding: RuleFinding, key: string): Proof {
  return { rule, key, finding };
}

/** Nobody's code is run without their word. */
async function consent(
  servers: readonly Server[],
  { agreed, folder }: BootRequest,
  { terminal, json }: Session,
): Promise<void> {
  if (agreed) return;
  if (!terminal.interactive || json)
    throw new KnownError({
      code: 'not-agreed',
      what: '--boot runs the code of this project, and nobody has agreed to that.',
      where: folder,
      next: 'Add --yes to agree: it runs in a throw-away copy, without your environment and without a network.',
    });
  const { default: prompts } = await import('prompts');
  const what = servers.map(({ app }) => shown(app.name)).join(', ');
  const { go } = (await prompts({
    type: 'confirm',
    name: 'go',
    message: `Start ${what} in a throw-away copy? This runs its code, without your environment and without a network. Packages that are missing are installed in the copy first.`,
    initial: true,
  })) as { go?: boolean };
  if (go !== true) throw new KnownError({ code: 'not-confirmed', what: 'Stopped. Nothing was run.' });
}
