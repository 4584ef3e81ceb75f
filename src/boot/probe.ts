import { ask, callablePath, type Exchange, type Question } from './ask.ts';
import type { Watch } from './watch.ts';
import { reachedStatus, stopHeader, type LiveRoute } from './protocol.ts';

/** What a stranger met at one route. */
export type Met =
  /** Answered with 401, or sent to a way to sign in. */
  | 'refused'
  /** Answered with 403: it may be about a missing token of a form, and not about who asks. */
  | 'forbidden'
  /** Answered with 2xx. */
  | 'answered'
  /** Came as far as the handler, which was not called because it may write. */
  | 'reached'
  /** No answer, or one that tells nothing: 400, 404, 429, 5xx, a redirect to somewhere. */
  | 'unclear';

export interface ProbedRoute extends LiveRoute {
  readonly met: Met;
  readonly exchange: Exchange | undefined;
}

/** Questions that are no routes, by what they are about. */
export type Manners = Readonly<Record<'top' | 'malformed' | 'foreign' | 'health', readonly Exchange[]>>;

/** Reads first; a route that may write is walked up to its handler and not into it. */
export async function probeRoutes(
  url: string,
  routes: readonly LiveRoute[],
  token: string,
  watch: Watch,
): Promise<ProbedRoute[]> {
  const probed: ProbedRoute[] = [];
  for (const route of [...routes.filter(isRead), ...routes.filter((other) => !isRead(other))]) {
    const path = callablePath(route.path);
    if (path === undefined || watch.isOver() || !asked.has(route.method) || (!isRead(route) && !route.stoppable)) {
      probed.push({ ...route, met: 'unclear', exchange: undefined });
      continue;
    }
    const exchange = isRead(route)
      ? await ask(url, { method: 'GET', path })
      : await ask(url, {
          method: route.method,
          path,
          body: '{}',
          headers: { 'content-type': 'application/json', [stopHeader]: token },
        });
    probed.push({ ...route, met: metIn(exchange), exchange });
  }
  return probed;
}

function isRead({ method }: LiveRoute): boolean {
  return method === 'GET' || method === 'HEAD';
}

/** A part of a path that names a way to sign in. */
const signIn = /^(?:log-?in|sign-?in|auth|sso|oauth2?|authorize|session)$/i;

/** What an answer means for whoever asked without being known. Only what cannot mean anything else counts. */
export function metIn({ status, headers }: Exchange): Met {
  if (status === reachedStatus) return 'reached';
  if (status === 401 || status === 407) return 'refused';
  if (status === 403) return 'forbidden';
  if (status !== undefined && status >= 200 && status < 300) return 'answered';
  const path = String(headers['location'] ?? '').split(/[?#]/)[0] ?? '';
  const toSignIn = path.split('/').some((part) => signIn.test(part));
  return status !== undefined && status >= 300 && status < 400 && toSignIn ? 'refused' : 'unclear';
}

const asked = new Set(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE']);

const mostForeign = 25;

const usualHealthPaths = ['/livez', '/readyz', '/healthz', '/health', '/api/health', '/ping', '/status'];

/** What the manners of a server are asked of. */
export interface Asked {
  readonly url: string;
  readonly token: string;
  readonly watch: Watch;
  /** Paths that look like a health route in the source. */
  readonly healthPaths: readonly string[];
}

/** Questions that no route is needed for: top page, broken JSON, another origin, health. */
export async function probeManners(
  routes: readonly ProbedRoute[],
  { url, token, watch, healthPaths }: Asked,
): Promise<Manners> {
  const reads = routes.flatMap(({ method, exchange }) => (method === 'GET' && exchange ? [exchange.path] : []));
  const open = routes.find(({ met, method }) => met === 'answered' && method === 'GET')?.exchange?.path ?? '/';
  const posted = routes.find(({ method, met }) => method !== 'GET' && met !== 'refused')?.exchange;
  const broken = { 'content-type': 'application/json', [stopHeader]: token };
  const foreign = { origin: 'https://evil.example' };
  const preflight = { ...foreign, 'access-control-request-method': 'POST' };
  const questions: Record<keyof Manners, Question[]> = {
    top: [...new Set(['/', open])].map((path) => ({ method: 'GET', path })),
    malformed: [{ method: posted?.method ?? 'POST', path: posted?.path ?? '/', headers: broken, body: '{bad' }],
    foreign: [
      ...[...new Set(['/', ...reads])].slice(0, mostForeign).map((path) => ({ method: 'GET', path, headers: foreign })),
      { method: 'OPTIONS', path: open, headers: preflight },
    ],
    health: [...new Set([...usualHealthPaths, ...healthPaths])].map((path) => ({ method: 'GET', path })),
  };
  const answers: Record<keyof Manners, Exchange[]> = { top: [], malformed: [], foreign: [], health: [] };
  for (const name of Object.keys(questions) as (keyof Manners)[])
    for (const question of questions[name]) if (!watch.isOver()) answers[name].push(await ask(url, question));
  return answers;
}
