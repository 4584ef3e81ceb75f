import { ask, callablePath, type Exchange } from './ask.ts';
import { reachedStatus, stopHeader, type LiveRoute } from './protocol.ts';

/** What a stranger met at one route. */
export type Met =
  /** Answered with 401, 403 or a redirect. */
  | 'refused'
  /** Answered with something else than a refusal. */
  | 'answered'
  /** Came as far as the handler, which was not called because it may write. */
  | 'reached'
  /** No answer, or one that tells nothing: 404, 405, 5xx. */
  | 'unclear';

export interface ProbedRoute extends LiveRoute {
  readonly met: Met;
  readonly exchange: Exchange | undefined;
}

/** Questions that are no routes, by what they are about. */
export type Manners = Readonly<Record<'top' | 'malformed' | 'foreign' | 'health', readonly Exchange[]>>;

/** Reads first; a route that may write is walked up to its handler and not into it. */
export async function probeRoutes(url: string, routes: readonly LiveRoute[], token: string): Promise<ProbedRoute[]> {
  const probed: ProbedRoute[] = [];
  for (const route of [...routes.filter(isRead), ...routes.filter((other) => !isRead(other))]) {
    const path = callablePath(route.path);
    if (path === undefined || (!isRead(route) && !route.stoppable)) {
      probed.push({ ...route, met: 'unclear', exchange: undefined });
      continue;
    }
    const exchange = isRead(route)
      ? await ask(url, { method: 'GET', path })
      : await ask(url, {
          method: route.method === 'ALL' ? 'POST' : route.method,
          path,
          body: '{}',
          headers: { 'content-type': 'application/json', [stopHeader]: token },
        });
    probed.push({ ...route, met: metIn(exchange, !isRead(route)), exchange });
  }
  return probed;
}

function isRead({ method }: LiveRoute): boolean {
  return method === 'GET' || method === 'HEAD';
}

/** What an answer means for whoever asked without being known; `stopping` where the handler was not to be called. */
export function metIn({ status, headers }: Exchange, stopping = false): Met {
  if (status === undefined || status === 404 || status === 405 || status >= 500) return 'unclear';
  if (status === 401 || status === 403 || status === 407) return 'refused';
  if (status === reachedStatus) return 'reached';
  if (status < 300 || status >= 400) return 'answered';
  // Whoever is sent elsewhere before the handler did not get in; after it, only a way to sign in says so.
  const isSignIn = /log-?in|sign-?in|auth|sso|oauth/i.test(String(headers['location'] ?? ''));
  return stopping || isSignIn ? 'refused' : 'unclear';
}

const healthPaths = ['/livez', '/readyz', '/healthz', '/health', '/api/health', '/ping', '/status'];

/** Questions that no route is needed for: top page, broken JSON, another origin, health. */
export async function probeManners(url: string, routes: readonly ProbedRoute[], token: string): Promise<Manners> {
  const open = routes.find(({ met, method }) => met === 'answered' && method === 'GET')?.exchange?.path ?? '/';
  const posted = routes.find(({ method, met }) => method !== 'GET' && met !== 'refused')?.exchange;
  const foreign = { origin: 'https://evil.example' };
  const questions = {
    top: [
      { method: 'GET', path: '/' },
      { method: 'GET', path: open },
    ],
    malformed: [
      {
        method: posted?.method ?? 'POST',
        path: posted?.path ?? '/',
        headers: { 'content-type': 'application/json', [stopHeader]: token },
        body: '{bad',
      },
    ],
    foreign: [
      { method: 'GET', path: open, headers: foreign },
      { method: 'OPTIONS', path: open, headers: { ...foreign, 'access-control-request-method': 'POST' } },
    ],
    health: healthPaths.map((path) => ({ method: 'GET', path })),
  };
  const answers: Record<string, Exchange[]> = {};
  for (const [name, list] of Object.entries(questions)) {
    answers[name] = [];
    for (const question of list) answers[name].push(await ask(url, question));
  }
  return answers as unknown as Manners;
}
