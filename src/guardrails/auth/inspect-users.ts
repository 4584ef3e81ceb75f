import { findingFrom, type Evidence, type Finding } from '../../flow/finding.ts';
import type { Project } from '../../flow/project.ts';
import { codeOf } from '../telemetry/code-of.ts';
import { ownerPath } from './signed-in-user.ts';

const guards = 'src/guardrails';
const tests = 'test/guardrails';

/** A record is read with the id of whoever asks, not with its own id alone. */
export function inspectObjectLevel(project: Project): Finding {
  return findingFrom('auth/object-level', 'records belong to whoever is signed in', codeOf(project), [
    {
      path: ownerPath,
      holds: /^ +return currentUser\(\)\.id;$/m,
      otherwise: 'Everybody sees the records of everybody: the owner is not the signed-in user.',
      remedy: 'return `currentUser().id` there',
    },
    {
      path: `${tests}/object-level.test.ts`,
      holds: /\btest(?:\.\w+)*\([^]*toBe\(404\)/,
      otherwise: 'No test asks for the record of somebody else.',
    },
  ]);
}

/** Tokens are checked with fixed algorithms, audience and end; cookies are out of reach for scripts and other sites. */
export function inspectTokensAndCookies(project: Project): Finding {
  const evidence = project.answers.auth === 'oidc' ? tokenEvidence : cookieEvidence;
  return findingFrom('auth/tokens-and-cookies', 'a stolen or made-up proof opens nothing', codeOf(project), evidence);
}

/** Guessing passwords gets slower with every attempt. */
export function inspectBruteForce(project: Project): Finding {
  const rule = 'auth/brute-force';
  if (project.answers.auth === 'oidc')
    return { rule, verdict: 'not-applicable', message: 'passwords are checked by the company’s sign-in service' };
  return findingFrom(rule, 'guessing a password takes longer each time', codeOf(project), bruteForceEvidence);
}

const tokenEvidence: readonly Evidence[] = [
  {
    path: `${guards}/authenticate.ts`,
    holds: /^ +algorithms: \[(?:'(?:RS|PS|ES)\d{3}'|'EdDSA'|, )+\],$/m,
    otherwise: 'A token may choose how it is checked, down to not at all.',
  },
  {
    path: `${guards}/authenticate.ts`,
    holds: /^ +audience: config\.OIDC_AUDIENCE,$/m,
    otherwise: 'Tokens that were issued for other apps are accepted.',
  },
  {
    path: `${guards}/authenticate.ts`,
    holds: /requiredClaims: \[[^\]]*'exp'/,
    otherwise: 'A token without an end is accepted for ever.',
  },
  {
    path: `${tests}/tokens.test.ts`,
    holds: /\btest(?:\.\w+)*\([^]*toBe\(401\)/,
    otherwise: 'No test shows that a made-up token is refused.',
  },
];

const cookieEvidence: readonly Evidence[] = [
  {
    path: `${guards}/session-cookie.ts`,
    holds: /httpOnly: true, secure, sameSite: '(?:lax|strict)'/,
    otherwise: 'The session cookie can be read by scripts or sent by other sites.',
  },
  {
    path: `${guards}/identity.ts`,
    holds: /\bexpiresIn: sessionHours\b/,
    otherwise: 'A session does not end by itself.',
  },
  {
    path: `${guards}/gate.ts`,
    holds: /if \(mayBeForged\(call\.req\)\) return problem\(403/,
    otherwise: 'Another web site can do things here in the name of whoever is signed in.',
  },
  ...['sign-in', 'cross-site'].map((name) => ({
    path: `${tests}/${name}.test.ts`,
    holds: /\btest(?:\.\w+)*\(/,
    otherwise: 'No test shows that the session cookie is safe from scripts and other sites.',
  })),
];

const bruteForceEvidence: readonly Evidence[] = [
  {
    path: `${guards}/sign-in.ts`,
    holds: /spendAttempt\([^]*tooMany\(wait\)[^]*signInEmail\(/,
    otherwise: 'Passwords can be guessed as fast as the network allows.',
    remedy: 'spend an attempt before the password is looked at',
  },
  { path: `${guards}/attempts.ts`, otherwise: 'Nothing counts how often somebody guesses.' },
  {
    path: `${tests}/brute-force.test.ts`,
    holds: /\btest(?:\.\w+)*\([^]*429/,
    otherwise: 'No test shows that guessing is slowed down.',
  },
];
