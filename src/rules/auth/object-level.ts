import type { Node } from '@babel/types';
import { memberNameOf } from '../../code/calls.ts';
import { isOnLine, type Module, textOf } from '../../code/module.ts';
import { nodesOf } from '../../code/walk.ts';
import type { Code, Route } from '../../frameworks/server.ts';
import { serversOf } from '../../frameworks/servers.ts';
import type { Repository } from '../../repository/repository.ts';
import { proofOf } from '../offending-line.ts';
import { callsIn, reachedFrom } from '../reach.ts';
import { defineRule, type RuleFinding } from '../rule.ts';

export default defineRule({
  id: 'auth/object-level',
  title: 'A record that is fetched by an id from the request is also filtered by who may see it.',
  why: 'Otherwise whoever is signed in changes a number in the address and reads, changes or deletes what belongs to somebody else.',
  weight: 'high',
  stage: 'production',
  measured: false,
  finds:
    'Routes behind a sign-in whose path holds an id, and whose code gives that id to the database (Prisma, Mongoose, Sequelize, TypeORM, Knex, SQL) while nothing on the way names the user, the owner or the tenant, nor a role.',
  blind:
    'Whether the filter is right; records that everybody may see; ids that arrive in the body. Routes that anybody can call are the matter of auth/default-deny.',
  fix: 'Add the owner to the filter: `where: { id, ownerId: user.id }`, and answer 404 where nothing is found.',
  references: ['ASVS v5.0.0-8.2.2', 'OWASP API1:2023', 'CWE-639'],
  check(repository) {
    const routes = serversOf(repository)
      .flatMap((server) => server.routes)
      .filter(({ path, guard }) => guard.state === 'refused' && /[:{]\w+/.test(path));
    if (routes.length === 0) return [{ verdict: 'not-applicable', message: 'No route behind a sign-in takes an id.' }];
    return routes.map((route) => found(repository, route));
  },
});

function found(repository: Repository, route: Route): RuleFinding {
  const { method, path, where } = route;
  const name = `${method} ${path}`;
  const codes = reachedFrom(repository, route.handlers);
  if (codes.length === 0) return { verdict: 'unknown', message: `${name}: its code could not be followed.`, where };
  if (isAboutRoles(route) || codes.some(namesOwner))
    return { verdict: 'pass', message: `${name} looks at whose record it is.`, where };
  if (!knowsUser(repository, route))
    return { verdict: 'unknown', message: `${name}: its guard knows a shared key and no user.`, where };
  const query = callsIn(codes).find(({ module, call }) => asksDatabase(module, call));
  if (!query) return { verdict: 'unknown', message: `${name}: no query was found in its code.`, where };
  return {
    verdict: 'fail',
    message: `Whoever is signed in can reach the records of others through ${name}.`,
    confidence: 'review',
    key: name,
    remedy: 'Add the owner to the filter of this query, and answer 404 where nothing is found.',
    ...proofOf(query.module, query.call),
  };
}

const owner =
  /\b(?:user|owner|tenant|org(?:ani[sz]ation)?|account|author|creator|customer|member|team|workspace|company)_?ids?\b|\b(?:created|owned|uploaded|posted)_?by\b|\b(?:req|request|ctx|context|c|res\.locals|this)\.(?:\w+\.)?(?:user|auth|session|userId|currentUser|account)\b|\bsession\b|\bcurrentUser\b|\b(?:user|author|owner)\s*:|\bauth\.uid\b|\buser\b\s*[,)]|\.owner\b|\.author\b|\.user\b|c\.get\(['"](?:user|jwtPayload)/i;
const role = /\badmin|\brole|permission|\bcan\(|\bability\b|\bmoderator\b/i;

function namesOwner({ module, node }: Code): boolean {
  const text = textOf(module, node);
  return owner.test(text) || role.test(text);
}

/** Routes of people who may see everything: by their path, their guard, or a decorator. */
function isAboutRoles({ path, guard, handlers }: Route): boolean {
  const how = guard.state === 'refused' ? guard.how : '';
  const decorated = handlers.flatMap(({ module, node }) =>
    node.type === 'ClassMethod' ? (node.decorators ?? []).map((decorator) => textOf(module, decorator)) : [],
  );
  return [path, how, ...decorated].some((text) => role.test(text));
}

/** False where the guard only compares one shared key: then there is no user whose record it could be. */
function knowsUser(repository: Repository, { guard }: Route): boolean {
  const module = guard.state === 'refused' ? repository.module(guard.by.path) : undefined;
  const line = guard.state === 'refused' ? (guard.by.line ?? 0) : 0;
  const around = module
    ? nodesOf(
        module.tree,
        'FunctionDeclaration',
        'FunctionExpression',
        'ArrowFunctionExpression',
        'ObjectMethod',
        'ClassMethod',
      )
        .filter((node) => isOnLine(module, node, line))
        .map((node) => textOf(module, node))
    : [];
  const inner = around.at(-1);
  return (
    inner === undefined ||
    /user|session|account|customer|member|passport|payload|decoded|claims|\bsub\b|auth\(/i.test(inner)
  );
}

const byId =
  /^(?:findById\w*|findByPk|findUnique\w*|findOne\w*|findFirst\w*|findOneAndUpdate|findOneAndDelete|deleteOne|updateOne|destroy|deleteById|updateById|getById|removeById|findBy)$/;
const general = /^(?:update|delete|remove|get|all|run|query|execute|first|where|eq)$/;

/** A call that reaches the database with an id. */
function asksDatabase(module: Module, call: Node): boolean {
  if (call.type !== 'CallExpression' && call.type !== 'OptionalCallExpression') return false;
  const name = memberNameOf(call.callee) ?? '';
  const args = call.arguments.map((argument) => textOf(module, argument)).join(' ');
  if (byId.test(name)) return /\bid\b|Id\b|_id\b|params/.test(args);
  if (!general.test(name)) return false;
  return (
    /\b(?:where\b[^]*\bid\b|\bselect\b[^]*\bwhere\b|\bupdate\b[^]*\bset\b|\bdelete\s+from\b)/i.test(args) ||
    (name === 'where' && /\bid\b/.test(args)) ||
    (name === 'eq' && /^['"]id['"]/.test(args))
  );
}
