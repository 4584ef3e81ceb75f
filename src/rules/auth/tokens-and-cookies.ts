import { appsOf, type App } from '../../repository/apps.ts';
import { isClientFile } from '../../repository/client-files.ts';
import type { Repository } from '../../repository/repository.ts';
import { proofOf } from '../offending-line.ts';
import { defineRule, type RuleFinding } from '../rule.ts';
import { serverModules } from '../server-files.ts';
import { nodesOf } from '../../code/walk.ts';
import { textOf } from '../../code/module.ts';
import { cookieFindings } from './cookies.ts';
import { ending, tokenFindings } from './tokens.ts';

export default defineRule({
  id: 'auth/tokens-and-cookies',
  title:
    'Tokens are verified with a fixed algorithm and end some day; session cookies cannot be read by scripts, overheard or sent by other sites.',
  why: 'A token that never ends, or that is read without being verified, is a key that cannot be taken back; a cookie without its flags can be stolen.',
  weight: 'high',
  stage: 'production',
  measured: false,
  finds:
    'jsonwebtoken, jose, express-jwt and koa-jwt: decode without verify, verify without algorithms, sign without an end, the algorithm none. Cookies whose name is about a session or token (Express, Fastify, Hono, Koa, Next.js, express-session): httpOnly, secure, sameSite. Tokens kept in localStorage.',
  blind:
    'Options that are built elsewhere, and those of @fastify/jwt, hono/jwt, @nestjs/jwt and sign-in libraries; flags that a proxy adds; what an identity provider puts into its tokens.',
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
    const failures = found.filter(({ verdict }) => verdict !== 'pass');
    if (failures.length > 0) return failures;
    const proof = found.find(({ message }) => message !== ending);
    if (proof) return [proof];
    const unread = appsOf(repository).flatMap((app) => byLibraries(repository, app));
    if (unread.length > 0) return unread;
    const [made] = found;
    if (made) return [{ ...made, verdict: 'unknown', message: `${ending}; where they are verified was not found` }];
    return [{ verdict: 'not-applicable', message: 'No code here makes or reads tokens or session cookies.' }];
  },
});

const hint = /jsonwebtoken|\bjose\b|jwt-|-jwt\b|express-session|cookie|\bjar\.set/i;

function ofServer(repository: Repository, app: App): RuleFinding[] {
  return serverModules(repository, app, hint).flatMap((module) => [
    ...tokenFindings(repository, module),
    ...cookieFindings(repository, module),
  ]);
}

/** Libraries that make and read tokens by themselves, as their options tell. */
const libraries =
  /['"](@fastify\/jwt|fastify-jwt|hono\/jwt|hono\/jwk|@nestjs\/jwt|passport-jwt|express-jwt|koa-jwt|next-auth|@auth\/[\w-]+|better-auth|iron-session|express-openid-connect|express-oauth2-jwt-bearer)(?:\/[\w/-]+)?['"]/;

function byLibraries(repository: Repository, app: App): RuleFinding[] {
  for (const module of serverModules(repository, app, libraries)) {
    const found = libraries.exec(module.text);
    if (found?.[1] === undefined) continue;
    const line = module.text.slice(0, found.index).split('\n').length;
    return [
      {
        verdict: 'unknown',
        message: `${found[1]} makes or reads the tokens; how they are verified and when they end is not read here`,
        where: { path: module.path, line },
      },
    ];
  }
  return [];
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
