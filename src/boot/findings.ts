import type { RuleId } from '../flow/finding.ts';
import type { RuleFinding } from '../rules/rule.ts';
import type { Exchange } from './ask.ts';
import type { BootResult } from './boot.ts';
import { emptyStart, health, logs, spans } from './running-findings.ts';
import { seen, type Failure } from './seen.ts';

/** What a rule found by reading becomes what was seen while the app ran. */
export type Seen = (read: readonly RuleFinding[]) => readonly RuleFinding[];

/** Rules about which a running app tells more than its source. */
export function seenWhileRunning(result: BootResult): ReadonlyMap<RuleId, Seen> {
  return new Map<RuleId, Seen>([
    ['security/http-hardening', (read) => [...headers(result), ...errors(result), ...read.filter(isNotSeen)]],
    ['security/cors-allowlist', (read) => cors(result, read)],
    ['auth/tokens-and-cookies', (read) => [...cookies(result), ...read]],
    ['operability/health-and-shutdown', (read) => health(result, read)],
    ['telemetry/otel-wired', (read) => spans(result, read)],
    ['telemetry/structured-logs', (read) => logs(result, read)],
    ['secrets/config-boundary', (read) => [...read, ...emptyStart(result)]],
  ]);
}

/** The limits of requests are not tried; what was read of them stays. */
function isNotSeen(finding: RuleFinding): boolean {
  return finding.verdict === 'fail' && /limit/i.test(finding.key ?? finding.message);
}

function headers({ exchanges }: BootResult): RuleFinding[] {
  const answered = exchanges.top.filter(({ status }) => status !== undefined);
  const [first] = answered;
  if (!first) return [];
  for (const answer of answered) {
    const lacks = [
      ...(answer.headers['x-content-type-options'] ? [] : ['X-Content-Type-Options']),
      ...(answer.headers['content-security-policy'] || answer.headers['x-frame-options']
        ? []
        : ['Content-Security-Policy']),
    ];
    if (lacks.length > 0)
      return [
        seen(
          `Browsers are not told to protect the visitor: ${lacks.join(' and ')} missing.`,
          'Mount a middleware that sets security headers, such as helmet, before the routes.',
          `${answer.method} ${answer.path} -> ${answer.status}, without ${lacks.join(', ')}`,
          { key: 'headers' },
        ),
      ];
  }
  return [
    { verdict: 'pass', message: `${first.method} ${first.path} -> ${first.status} came with its security headers` },
  ];
}

/** Frames of a stack, paths of a disk, text of a query. */
const innards = /\n\s+at .+:\d+:\d+|&nbsp;at .+:\d+|(?:\/[\w.-]+){2,}\.[cm]?[jt]s:\d+|SELECT .+ FROM|SQLITE_ERROR/;

function errors({ exchanges }: BootResult): RuleFinding[] {
  const leaking = Object.values(exchanges)
    .flat()
    .find(({ status, body }) => status !== undefined && status >= 400 && innards.test(body));
  if (crashed(exchanges)) return [crash(exchanges)];
  if (!leaking) return [{ verdict: 'pass', message: 'malformed JSON was answered without internals' }];
  return [
    seen(
      'A stranger who sends a broken request is shown file paths and the inside of the program.',
      'Set NODE_ENV=production where it runs, and answer errors in one handler that sends nothing but a general text.',
      `${leaking.method} ${leaking.path} -> ${leaking.status} with a stack trace`,
      { key: 'leak', weight: 'high' },
    ),
  ];
}

/** The origin that may read the answer. */
function allowed({ headers: sent }: Exchange): string {
  return String(sent['access-control-allow-origin'] ?? '');
}

/** Nothing answers any more after broken JSON. */
function crashed({ malformed, foreign }: BootResult['exchanges']): boolean {
  return [...malformed, ...foreign].every(({ status }) => status === undefined);
}

function crash({ malformed: [broken] }: BootResult['exchanges']): Failure {
  return seen(
    'Anyone can stop the whole server with one broken request.',
    'Answer errors of reading a body with 400, in one handler.',
    `${broken?.method} ${broken?.path} with malformed JSON: no answer, and none to any question after it`,
    { key: 'crash', weight: 'high' },
  );
}

function cors({ exchanges }: BootResult, read: readonly RuleFinding[]): readonly RuleFinding[] {
  const open = exchanges.foreign.find((exchange) => /^\*$|evil\.example/.test(allowed(exchange)));
  // Some path may allow what those that were asked did not.
  if (
    !open &&
    (read.some(({ verdict }) => verdict === 'fail') || exchanges.foreign.every(({ status }) => status === undefined))
  )
    return read;
  if (!open) return [{ verdict: 'pass', message: 'a page of another site may not read the answers' }];
  const withCredentials = open.headers['access-control-allow-credentials'] === 'true';
  return [
    seen(
      'Any web page on the internet can call this server from the browser of a visitor and read the answer.',
      'Name the origins that may call it.',
      `${open.method} ${open.path} with Origin: https://evil.example -> access-control-allow-origin: ${allowed(open)}`,
      { key: 'foreign origin', ...(withCredentials && allowed(open) !== '*' && { weight: 'high' as const }) },
    ),
  ];
}

function cookies({ routes, exchanges }: BootResult): RuleFinding[] {
  const all = [...routes.flatMap(({ exchange }) => exchange ?? []), ...Object.values(exchanges).flat()];
  const set = new Map<string, { cookie: string; exchange: Exchange }>();
  for (const exchange of all)
    for (const cookie of [exchange.headers['set-cookie'] ?? []].flat())
      set.set(cookie.split('=')[0] ?? '', { cookie, exchange });
  return [...set].flatMap(([name, { cookie, exchange }]) => {
    const lacks = ['HttpOnly', 'SameSite'].filter((flag) => !new RegExp(`;\\s*${flag}`, 'i').test(cookie));
    if (!/sid|sess|token|auth|jwt/i.test(name) || lacks.length === 0) return [];
    return [
      seen(
        `Scripts or other sites can use the session of a visitor: the cookie ${name} lacks ${lacks.join(' and ')}.`,
        'Set httpOnly: true, secure: true and sameSite: "lax" on session cookies.',
        `${exchange.method} ${exchange.path} sets ${name} without ${lacks.join(', ')}`,
        { key: `cookie ${name}` },
      ),
    ];
  });
}
