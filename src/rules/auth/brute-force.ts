import type { Route, Server } from '../../frameworks/server.ts';
import { textOf } from '../../code/module.ts';
import { placeText } from '../../repository/place.ts';
import { serversOf } from '../../frameworks/servers.ts';
import { appsOf, dependenciesOf } from '../../repository/apps.ts';
import type { Repository } from '../../repository/repository.ts';
import { proofOf } from '../offending-line.ts';
import { reachedFrom } from '../reach.ts';
import { defineRule, type RuleFinding } from '../rule.ts';
import { limitOf, limitsOf } from '../security/limiter.ts';
import { passwordFindings } from './passwords.ts';

export default defineRule({
  id: 'auth/brute-force',
  title: 'Passwords and codes cannot be tried without end, and are stored so that a stolen list is of no use.',
  why: 'A machine tries thousands of passwords a minute; and where the list of passwords is stolen, a fast hash gives them all away within hours.',
  weight: 'high',
  stage: 'production',
  measured: false,
  finds:
    'Routes that sign in, reset a password or take a code, and no limiter in front of them; a limiter that is made and never mounted; passwords that are compared as they are, or hashed by md5 or sha.',
  blind: 'Limits of a proxy or a hosted sign-in; whether a limit is strict enough; locks on an account.',
  fix: 'Put a strict limiter on these routes, by address and by account; hash passwords with argon2id, scrypt or bcrypt.',
  references: ['ASVS v5.0.0-6.3.1', 'ASVS v5.0.0-11.4.2', 'OWASP API2:2023', 'CWE-307', 'CWE-916'],
  check(repository) {
    const servers = serversOf(repository);
    if (servers.length === 0) return [{ verdict: 'not-applicable', message: 'Nothing here answers requests.' }];
    const stored = appsOf(repository).flatMap((app) => passwordFindings(repository, app));
    const found = [...servers.flatMap((server) => ofServer(repository, server)), ...stored];
    return found.length > 0
      ? found
      : [{ verdict: 'not-applicable', message: 'No route here takes a password or a code.' }];
  },
});

function ofServer(repository: Repository, server: Server): RuleFinding[] {
  const limits = limitsOf(repository, server);
  // Guards and modules of NestJS are put to work by name, which is no mount.
  const forgotten = (usesNest(server) ? [] : limits.forgotten).map(({ module, node }): RuleFinding => ({
    verdict: 'fail',
    message: 'A limit on requests is made and never put to work.',
    confidence: 'certain',
    remedy: 'Mount it: `app.use(limiter)`, or name it on the routes that sign in.',
    ...proofOf(module, node),
  }));
  const logins = server.routes.filter((route) => takesPassword(repository, route));
  const open = logins.filter((route) => !limitOf(limits, server, route));
  const [first] = open;
  if (first) return [...forgotten, unlimited(open, first)];
  const [login] = logins;
  return login ? [...forgotten, { verdict: 'pass', message: 'Signing in is limited.', where: login.where }] : forgotten;
}

/** One finding for all of them: they are mended together. */
function unlimited(routes: readonly Route[], { where, handlers }: Route): RuleFinding {
  const names = routes.map(({ method, path }) => `${method} ${path}`);
  const code = handlers.at(-1);
  return {
    verdict: 'fail',
    message: `A machine can try passwords without end at ${names.slice(0, 3).join(', ')}${names.length > 3 ? ` and ${names.length - 3} more` : ''}.`,
    confidence: 'likely',
    key: names.join(' '),
    remedy: 'Put a strict limiter in front: some tries for each address and account, then wait.',
    searched: ['limiter packages', 'answers with 429', ...(code ? [`the way to ${placeText(where)}`] : [])],
    where,
  };
}

function usesNest({ app }: Server): boolean {
  return dependenciesOf(app).has('@nestjs/core');
}

const loginPath =
  /(?:^|[/_-])(?:log-?_?in|sign-?_?in|authenticate|authori[sz]e|session|token|otp|2fa|mfa|verify-?_?code|forgot|forgot-?_?password|reset-?_?password|password-?_?reset|pin)(?:$|[/_-])/i;

/** A route that writes, by a name or by what its code does with a password. */
function takesPassword(repository: Repository, { method, path, handlers }: Route): boolean {
  if (method !== 'POST' && method !== 'ALL' && method !== 'PUT') return false;
  const isNamed = loginPath.test(path);
  if (!isNamed && !handlers.some(({ module, node }) => /passw|login|sign_?in|credential/i.test(textOf(module, node))))
    return false;
  const texts = reachedFrom(repository, handlers.slice(-1)).map(({ module, node }) => textOf(module, node));
  const compares = texts.some((text) =>
    /\b(?:compare(?:Sync)?|verify|(?:verify|compare|check|match|valid(?:ate)?|isValid)Password)\([^)]*password/i.test(
      text,
    ),
  );
  return (
    compares ||
    (isNamed && texts.some((text) => /passw|passcode|\bpin\b|\botp\b|(?:verification|reset)_?code/i.test(text)))
  );
}
