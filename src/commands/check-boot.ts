import { join } from 'node:path';
import { bootOnce, type BootResult } from '../boot/boot.ts';
import { seenWhileRunning } from '../boot/findings.ts';
import { seenByStranger } from '../boot/stranger.ts';
import { KnownError } from '../errors.ts';
import type { RuleId } from '../flow/finding.ts';
import type { Proof } from '../flow/proofs.ts';
import type { Server } from '../frameworks/server.ts';
import { serversOf } from '../frameworks/servers.ts';
import type { Repository } from '../repository/repository.ts';
import type { CheckContext, Rule, RuleFinding } from '../rules/rule.ts';
import type { Session } from './session.ts';

export interface BootRequest {
  readonly folder: string;
  /** Somebody agreed on the command line. */
  readonly agreed: boolean;
  readonly rules: readonly Rule[];
  readonly context: CheckContext;
  /** Packages may run their install scripts in the copy. */
  readonly installScripts: boolean;
}

/** Runs the servers of a repository in throw-away copies, with consent, and tells what was seen. */
export async function proofsByBooting(
  repository: Repository,
  request: BootRequest,
  session: Session,
): Promise<Proof[]> {
  const servers = serversToBoot(repository);
  if (servers.length === 0) return [];
  await consent(servers, request, session);
  const proofs: Proof[] = [];
  for (const server of servers) proofs.push(...(await proofsOf(server, repository, request, session)));
  return proofs;
}

/** One for each app: that which listens. */
function serversToBoot(repository: Repository): Server[] {
  const byApp = new Map<string, Server>();
  for (const server of serversOf(repository))
    if (!byApp.get(server.app.root)?.listens) byApp.set(server.app.root, server);
  return [...byApp.values()];
}

async function proofsOf(
  server: Server,
  repository: Repository,
  request: BootRequest,
  session: Session,
): Promise<Proof[]> {
  const result = await bootOnce({
    folder: request.folder,
    repository,
    server,
    installScripts: request.installScripts,
    preload: join(import.meta.dirname, 'boot-preload.mjs'),
    environment: session.environment,
    say: session.terminal.complain,
  });
  if ('why' in result) {
    const last = result.tried.at(-1);
    const tail = last ? ` The last it printed: ${last.tail.split('\n').filter(Boolean).at(-1) ?? 'nothing'}` : '';
    return [
      proof(
        'auth/default-deny',
        { verdict: 'unknown', message: `it did not start here: ${result.why}.${tail}` },
        'boot',
      ),
    ];
  }
  return proofsFrom(result, server, repository, request);
}

async function proofsFrom(
  result: BootResult,
  server: Server,
  repository: Repository,
  { rules, context }: BootRequest,
): Promise<Proof[]> {
  const seen = new Map(seenWhileRunning(result));
  seen.set('auth/default-deny', (read) => seenByStranger(read, result, server));
  const proofs: Proof[] = [];
  for (const rule of rules) {
    const look = seen.get(rule.id);
    if (look)
      for (const finding of look(await rule.check(repository, context))) proofs.push(proof(rule.id, finding, '*'));
  }
  return proofs;
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
  const what = servers.map(({ app }) => app.name).join(', ');
  if (!terminal.interactive || json)
    throw new KnownError({
      code: 'not-agreed',
      what: '--boot runs the code of this project, and nobody has agreed to that.',
      where: folder,
      next: 'Add --yes to agree: it runs in a throw-away copy, without your environment and without a network.',
    });
  const { default: prompts } = await import('prompts');
  const { go } = (await prompts({
    type: 'confirm',
    name: 'go',
    message: `Start ${what} in a throw-away copy? This runs its code: without your environment, without a network, for about a minute at most.`,
    initial: true,
  })) as { go?: boolean };
  if (go !== true) throw new KnownError({ code: 'not-confirmed', what: 'Stopped. Nothing was run.' });
}
