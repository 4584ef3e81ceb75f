import type { RuleId } from '../flow/finding.ts';
import type { RuleFinding } from '../rules/rule.ts';
import type { Exchange } from './ask.ts';
import type { BootResult } from './boot.ts';

/** What a rule found by reading becomes what was seen while the app ran. */
export type Seen = (read: readonly RuleFinding[]) => readonly RuleFinding[];

/** Rules about which a running app tells more than its source. */
export function seenWhileRunning(result: BootResult): ReadonlyMap<RuleId, Seen> {
  return new Map<RuleId, Seen>([
    ['security/http-hardening', (read) => [...headers(result), ...errors(result), ...read.filter(isNotSeen)]],
    ['security/cors-allowlist', (read) => cors(result) ?? read],
    ['auth/tokens-and-cookies', (read) => [...cookies(result), ...read]],
    ['operability/health-and-shutdown', (read) => health(result, read)],
    ['telemetry/otel-wired', (read) => spans(result, read)],
    ['telemetry/structured-logs', (read) => logs(result, read)],
    ['secrets/config-boundary', (read) => [...read, ...emptyStart(result)]],
  ]);
}

type Failure = Extract<RuleFinding, { verdict: 'fail' }>;

const top = { path: '.' };

/** A finding about something that was done, not read: it is certain. */
function seen(message: string, remedy: string, evidence: string, more: Partial<Failure> = {}): Failure {
  return { verdict: 'fail', confidence: 'certain', where: top, message, remedy, evidence, ...more };
}

/** The limits of requests are not tried; what was read of them stays. */
function isNotSeen(finding: RuleFinding): boolean {
  return finding.verdict === 'fail' && /limit/i.test(finding.key ?? finding.message);
}

function headers({ exchanges }: BootResult): RuleFinding[] {
  const answered = exchanges.top.find(({ status }) => status !== undefined && status < 400) ?? exchanges.top[0];
  if (!answered || answered.status === undefined) return [];
  const policy = String(answered.headers['content-security-policy'] ?? '');
  const lacks = [
    ...(answered.headers['x-content-type-options'] ? [] : ['X-Content-Type-Options']),
    ...(policy || answered.headers['x-frame-options'] ? [] : ['Content-Security-Policy']),
  ];
  const evidence = `${answered.method} ${answered.path} -> ${answered.status}`;
  if (lacks.length === 0) return [{ verdict: 'pass', message: `${evidence} came with its security headers` }];
  return [
    seen(
      `Browsers are not told to protect the visitor: ${lacks.join(' and ')} missing.`,
      'Mount a middleware that sets security headers, such as helmet, before the routes.',
      `${evidence}, without ${lacks.join(', ')}`,
      { key: 'headers' },
    ),
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

function cors({ exchanges }: BootResult): RuleFinding[] | undefined {
  const open = exchanges.foreign.find((exchange) => /^\*$|evil\.example/.test(allowed(exchange)));
  if (exchanges.foreign.every(({ status }) => status === undefined)) return undefined;
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

function health({ exchanges, stopped, stopSeconds }: BootResult, read: readonly RuleFinding[]): RuleFinding[] {
  if (read.some(({ verdict }) => verdict === 'not-applicable')) return [...read];
  const well = exchanges.health.find(({ status, body }) => status === 200 && !/<!doctype html|<html/i.test(body));
  const stops = stopped?.code === 0;
  return [
    well
      ? { verdict: 'pass', message: `GET ${well.path} -> 200` }
      : seen(
          'Nobody can ask this server whether it is well: what watches it sees a running process and no more.',
          'Add GET /livez and GET /readyz, which answer 200 to anyone.',
          exchanges.health.map(({ path, status }) => `${path} ${status ?? 'no answer'}`).join(', '),
          { key: 'health' },
        ),
    stops
      ? { verdict: 'pass', message: `stopped by itself ${stopSeconds.toFixed(1)} s after SIGTERM` }
      : seen(
          'Every deployment cuts off the requests that are being answered.',
          'On SIGTERM stop taking requests, finish the open ones, and exit with 0.',
          stopped
            ? `after SIGTERM: ${stopped.signal ?? `exit ${stopped.code}`}`
            : 'after SIGTERM: still running 10 s later',
          { key: 'shutdown' },
        ),
  ];
}

function spans({ spans: bodies, routes }: BootResult, read: readonly RuleFinding[]): RuleFinding[] {
  const asked = routes.some(({ exchange }) => exchange?.status !== undefined);
  if (bodies.some((body) => /(?:GET|POST|PUT|PATCH|DELETE|HTTP|request)\b/.test(body)))
    return [{ verdict: 'pass', message: 'spans of requests arrived at a collector' }];
  if (!asked || read.some(({ verdict }) => verdict === 'not-applicable' || verdict === 'elsewhere')) return [...read];
  if (read.some(({ verdict }) => verdict === 'fail')) return [...read];
  return [
    seen(
      'When it is slow or broken, nobody can see where: no trace of a request arrived.',
      'Start OpenTelemetry before the app (node --import) and export by OTLP.',
      'a collector that OTEL_EXPORTER_OTLP_ENDPOINT named received no span',
    ),
  ];
}

function logs({ output }: BootResult, read: readonly RuleFinding[]): RuleFinding[] {
  const lines = output.out.split('\n').filter((line) => line.trim() !== '');
  const json = lines.filter((line) => /^\{.*\}$/.test(line.trim()));
  if (lines.length === 0 || json.length < lines.length * 0.8) return [...read];
  return [
    ...read.filter(({ verdict }) => verdict === 'fail'),
    { verdict: 'pass', message: `${json.length} of ${lines.length} lines on standard output are JSON` },
  ];
}

const secretName = /SECRET|TOKEN|PASSWORD|PASSWD|API_?KEY|PRIVATE_KEY|CREDENTIAL/;

function emptyStart({ withoutSettings, settingNames }: BootResult): RuleFinding[] {
  const secrets = settingNames.filter((name) => secretName.test(name));
  if (!withoutSettings?.listened || secrets.length === 0) return [];
  return [
    seen(
      'It starts without its secrets and looks healthy; it fails, or lets people in, when the first visitor needs them.',
      'Read all settings in one module at the start and stop with the names of those that are missing.',
      `listened with none of ${secrets.slice(0, 5).join(', ')} set`,
      { key: 'empty start', confidence: 'likely', weight: 'medium' },
    ),
  ];
}
