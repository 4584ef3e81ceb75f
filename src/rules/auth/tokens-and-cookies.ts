import { appsOf, type App } from '../../repository/apps.ts';
import { isClientFile } from '../../repository/client-files.ts';
import type { Repository } from '../../repository/repository.ts';
import { proofOf } from '../offending-line.ts';
import { defineRule, type RuleFinding } from '../rule.ts';
import { serverModules } from '../server-files.ts';
import { nodesOf } from '../../code/walk.ts';
import { textOf } from '../../code/module.ts';
import { cookieFindings } from './cookies.ts';
import { tokenFindings } from './tokens.ts';

export default defineRule({
  id: 'auth/tokens-and-cookies',
  title:
    'Tokens are verified with a fixed algorithm and end some day; session cookies cannot be read by scripts, overheard or sent by other sites.',
  why: 'A token that never ends, or that is read without being verified, is a key that cannot be taken back; a cookie without its flags can be stolen.',
  weight: 'high',
  stage: 'production',
  measured: false,
  finds:
    'jsonwebtoken and jose: decode without verify, verify without algorithms, sign without an end, the algorithm none. Cookies whose name is about a session or token (Express, Fastify, Hono, Koa, Next.js, express-session): httpOnly, secure, sameSite. Tokens kept in localStorage.',
  blind: 'Options that are built elsewhere; flags that a proxy adds; what an identity provider puts into its tokens.',
  fix: 'Name the options: `{ algorithms: [...] }`, `{ expiresIn: ... }`, `{ httpOnly: true, secure: true, sameSite: "lax" }`.',
  references: [
    'ASVS v5.0.0-9.1.1',
    'ASVS v5.0.0-9.1.2',
    'ASVS v5.0.0-9.2.1',
    'ASVS v5.0.0-3.3.1',
    'CWE-347',
    'CWE-614',
    'CWE-1004',
    'CWE-1275',
  ],
  check(repository) {
    const found = appsOf(repository).flatMap((app) => [...ofServer(repository, app), ...inStorage(repository, app)]);
    if (found.length === 0)
      return [{ verdict: 'not-applicable', message: 'No code here makes or reads tokens or session cookies.' }];
    const failures = found.filter(({ verdict }) => verdict !== 'pass');
    return failures.length > 0 ? failures : found.slice(0, 1);
  },
});

const hint = /jsonwebtoken|\bjose\b|jwt-|express-session|cookie|\bjar\.set/i;

function ofServer(repository: Repository, app: App): RuleFinding[] {
  return serverModules(repository, app, hint).flatMap((module) => [
    ...tokenFindings(repository, module),
    ...cookieFindings(repository, module),
  ]);
}

/** `localStorage.setItem('token', ...)`: once for each file. */
function inStorage(repository: Repository, { files }: App): RuleFinding[] {
  return files.flatMap(({ path, role }): RuleFinding[] => {
    if (role !== 'source' || !/Storage\.setItem/.test(repository.read(path) ?? '') || !isClientFile(repository, path))
      return [];
    const module = repository.module(path);
    const call =
      module &&
      nodesOf(module.tree, 'CallExpression').find(
        (one) =>
          /\b(?:local|session)Storage\.setItem$/.test(textOf(module, one.callee)) &&
          /^['"`](?:\w*[-_.])?(?:\w*token|jwt|auth|session)['"`]$/i.test(
            one.arguments[0] ? textOf(module, one.arguments[0]) : '',
          ),
      );
    if (!module || !call) return [];
    return [
      {
        verdict: 'fail',
        message: 'Any script on the page can read the token of whoever is signed in, and send it away.',
        confidence: 'review',
        weight: 'medium',
        remedy: 'Keep it in a cookie with httpOnly, secure and sameSite instead.',
        ...proofOf(module, call),
      },
    ];
  });
}
