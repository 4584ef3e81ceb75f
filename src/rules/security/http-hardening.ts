import type { Server } from '../../frameworks/server.ts';
import { serversOf } from '../../frameworks/servers.ts';
import type { Repository } from '../../repository/repository.ts';
import { proofOf } from '../offending-line.ts';
import { defineRule, type RuleFinding } from '../rule.ts';
import { bodyLimitsOf } from './body-limit.ts';
import { leaksOf } from './error-leak.ts';
import { headersOf } from './headers.ts';
import { limitOf, limitsOf } from './limiter.ts';
import { proxyLine } from './proxy-files.ts';

export default defineRule({
  id: 'security/http-hardening',
  title: 'Answers carry security headers, requests are limited in size and number, and errors tell strangers nothing.',
  why: 'Without them one visitor can wear the app out, a hostile page can act in the name of a user, and each mistake explains to strangers how the inside works.',
  weight: 'medium',
  stage: 'production',
  measured: true,
  finds:
    'For each server: helmet and its kin mounted, or the headers set by hand or by a proxy; a rate limiter mounted in front of the routes, one of its own that answers 429, or one in the proxy; uploads and bodies without a limit (what a framework limits unasked counts); errors and their stacks in answers.',
  blind:
    'What a proxy does whose configuration is not in the repository; messages of errors, which may tell something too.',
  fix: 'Mount a package for headers and one for limits right after the app is made; let one error handler log the error and answer with a sentence of its own.',
  references: [
    'ASVS v5.0.0-3.4.1',
    'ASVS v5.0.0-3.4.6',
    'ASVS v5.0.0-16.5.1',
    'ASVS v5.0.0-2.4.1',
    'OWASP API4:2023',
    'OWASP API8:2023',
    'CWE-209',
    'CWE-693',
    'CWE-770',
  ],
  check(repository) {
    const servers = answering(serversOf(repository));
    if (servers.length === 0) return [{ verdict: 'not-applicable', message: 'Nothing here answers requests.' }];
    return distinct(servers.flatMap((server) => ofServer(repository, server)));
  },
});

/**
 * Servers that answer anything, to others than the computer that they run on; of an app, those that listen where one does: the others are parts
 * of it. A server of Node.js without a route of its own carries the app of a framework.
 */
function answering(servers: readonly Server[]): Server[] {
  return servers.filter(({ routes, statics, listens, local, app, framework }) => {
    if (local) return false;
    const carries = framework === 'node-http' && routes.length === 0;
    if (carries && servers.some((other) => other.app === app && other.framework !== framework)) return false;
    if (routes.length === 0 && statics.length === 0 && !listens) return false;
    const listening = servers.some((other) => other.app === app && other.framework === framework && other.listens);
    return listens !== undefined || !listening;
  });
}

function ofServer(repository: Repository, server: Server): RuleFinding[] {
  const harm = [...bodyLimitsOf(repository, server), ...leaksOf(repository, server)];
  const calm: RuleFinding = {
    verdict: 'pass',
    message: 'Bodies are limited, and errors stay inside.',
    where: server.where,
  };
  return [headersOf(repository, server), limiterOf(repository, server), ...(harm.length > 0 ? harm : [calm])];
}

/** A limit for every route that changes something, or for every route where none does. */
function limiterOf(repository: Repository, server: Server): RuleFinding {
  const proxy = proxyLine(repository, /limit_req|rate_limit|ratelimit|throttl/i);
  if (proxy) return { verdict: 'elsewhere', message: `Requests are limited by ${proxy.by}.`, ...proxy };
  const limits = limitsOf(repository, server);
  const writing = server.routes.filter(({ method }) => /^(?:POST|PUT|PATCH|DELETE|ALL)$/.test(method));
  const asked = writing.length > 0 ? writing : server.routes;
  const open = asked.filter((route) => !limitOf(limits, server, route));
  const [first] = open;
  const [forgotten] = limits.forgotten;
  const limited = limits.mounts.length + limits.byHand.length > 0;
  if (!first && limited) return { verdict: 'pass', message: 'Requests are limited in number.', where: server.where };
  if (forgotten && !limited)
    return {
      ...unlimited(server),
      message: 'A limiter is made and never put to work: nobody is held back.',
      confidence: 'certain',
      ...proofOf(forgotten.module, forgotten.node),
    };
  if (!first || !limited) return unlimited(server);
  if (open.length * 2 <= asked.length)
    return {
      verdict: 'pass',
      message: `Requests are limited in number, except for ${open.length} of ${asked.length} routes.`,
      where: first.where,
    };
  return {
    ...unlimited(server),
    message: `Only some routes are limited: ${first.method} ${first.path} and ${open.length - 1} others can be called as often as somebody likes.`,
    where: first.where,
  };
}

function unlimited(server: Server): Extract<RuleFinding, { verdict: 'fail' }> {
  return {
    verdict: 'fail',
    message: 'Anybody may call as often as they like: one script wears the app out, or tries passwords all night.',
    where: server.where,
    confidence: 'likely',
    remedy:
      'Mount a rate limiter (express-rate-limit, @fastify/rate-limit, hono-rate-limiter, @nestjs/throttler) before the routes.',
    searched: ['packages that limit requests, mounted', 'answers with 429', 'limits of a proxy'],
    key: `limiter ${server.where.path}`,
  };
}

/** Several servers of one app share its files. */
function distinct(findings: readonly RuleFinding[]): RuleFinding[] {
  const seen = new Set<string>();
  return findings.filter((finding) => {
    const key = JSON.stringify(finding);
    return !seen.has(key) && seen.add(key);
  });
}
