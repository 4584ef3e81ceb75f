import { serversOf } from '../../frameworks/servers.ts';
import type { Code, Route, Server } from '../../frameworks/server.ts';
import { placeOf } from '../../code/module.ts';
import { placeText } from '../../repository/place.ts';
import type { Repository } from '../../repository/repository.ts';
import { proofOf } from '../offending-line.ts';
import { defineRule, type RuleFinding } from '../rule.ts';
import { bodyReadIn, lostHandlerIn, massAssignmentIn } from './body-use.ts';
import { globalPipeOf, nestBodyOf } from './nest-input.ts';
import { reachedFrom } from '../reach.ts';
import { declaredSchemaOf, handedOver, isAnsweredByPackages } from './registration.ts';
import { lostCheckIn, manualCheckIn, schemaParseIn } from './schema-parse.ts';
import { isWebhook } from './webhook.ts';

/** What became of the body of one route. */
type Outcome = 'no body' | 'checked' | RuleFinding;

export default defineRule({
  id: 'security/input-validated',
  title: 'Whatever a request sends is checked against a list of allowed fields before it is used.',
  why: 'Whoever calls the app directly sends what they like: a price of zero, a role, a field that nobody thought of. What the page allows does not matter.',
  weight: 'high',
  stage: 'production',
  measured: true,
  finds:
    'Routes that change something and read the body of the request, without a schema (zod, valibot, joi, yup, ajv, TypeBox, class-validator behind a ValidationPipe, the schema of a Fastify or OpenAPI route, express-validator, celebrate) anywhere on the way: in the route, in the functions that it calls, in what runs before it. Certain where the whole body goes into a record. Checks written by hand are unknown: only a person can tell whether they are complete.',
  blind:
    'Whether a schema is strict enough; parameters and queries of routes that only read; bodies of webhooks, which are signed instead.',
  fix: 'Write a schema of the allowed fields beside the route and parse the body with it in the first line of the handler.',
  references: ['ASVS v5.0.0-2.2.1', 'ASVS v5.0.0-2.2.2', 'ASVS v5.0.0-15.3.3', 'OWASP API3:2023', 'CWE-20', 'CWE-915'],
  check(repository) {
    const servers = serversOf(repository);
    if (servers.length === 0) return [{ verdict: 'not-applicable', message: 'Nothing here answers requests.' }];
    const outcomes = servers.flatMap((server) =>
      byMethod(server.routes).map((route) => outcomeOf(repository, server, route)),
    );
    const findings = onePerPlace(outcomes.filter((outcome) => typeof outcome !== 'string'));
    const checked = outcomes.filter((outcome) => outcome === 'checked').length;
    const unread = servers.flatMap(({ unclear }) => unclear);
    if (findings.length > 0) return findings;
    if (checked > 0)
      return [
        {
          verdict: 'pass',
          message:
            checked === 1
              ? 'One route takes a body, and checks it with a schema.'
              : `${checked} routes take a body, and each checks it with a schema.`,
        },
      ];
    const [first] = unread;
    if (first)
      return [{ verdict: 'unknown', message: `Not all routes could be read: ${first.why}.`, where: first.where }];
    return [{ verdict: 'not-applicable', message: 'No route takes a body.' }];
  },
});

/** Where one function answers several methods, what it reads is told of the one that usually has a body. */
function byMethod(routes: readonly Route[]): Route[] {
  const order = ['POST', 'PUT', 'PATCH', 'ALL', 'DELETE'];
  return routes.toSorted((one, other) => order.indexOf(one.method) - order.indexOf(other.method));
}

function onePerPlace(findings: readonly RuleFinding[]): RuleFinding[] {
  const places = new Map<string, RuleFinding>();
  for (const finding of findings) {
    const place = 'where' in finding && finding.where ? placeText(finding.where) : finding.message;
    if (!places.has(place)) places.set(place, finding);
  }
  return [...places.values()];
}

function outcomeOf(repository: Repository, server: Server, route: Route): Outcome {
  if (!/^(?:POST|PUT|PATCH|DELETE|ALL)$/.test(route.method) || isWebhook(route)) return 'no body';
  if (route.handlers.length === 0 && isAnsweredByPackages(repository, route)) return 'no body';
  if (route.handlers.length === 0) return notFollowed(route);
  const codes = reachedFrom(repository, route.handlers);
  return server.framework === 'nest'
    ? ofNest(repository, server, route, codes)
    : ofHandler(repository, server, route, codes);
}

function ofHandler(repository: Repository, server: Server, route: Route, codes: readonly Code[]): Outcome {
  const read = bodyReadIn(codes);
  if (!read) return isLost(repository, server, route, codes) ? notFollowed(route) : 'no body';
  const before = [...reachedFrom(repository, handedOver(repository, route)), ...runsBefore(repository, server, route)];
  if (schemaParseIn(repository, [...codes, ...before])) return 'checked';
  const declared = declaredSchemaOf(repository, route);
  if (declared === 'body') return 'checked';
  if (declared === 'cannot be followed')
    return { verdict: 'unknown', message: `The schema of ${named(route)} could not be followed.`, where: route.where };
  const whole = massAssignmentIn(codes);
  if (whole) return wholeBodyFailure(route, whole);
  const manual = manualCheckIn(codes);
  if (manual)
    return {
      verdict: 'unknown',
      message: `${named(route)} checks what is sent by hand; whether that is complete, only a person can tell.`,
      where: placeOf(manual.module, manual.node),
    };
  const lost = lostCheckIn(repository, codes);
  if (lost)
    return {
      verdict: 'unknown',
      message: `What checks the body of ${named(route)} could not be followed.`,
      where: placeOf(lost.module, lost.node),
    };
  return failure(route, read);
}

/** True where the body may be read by code that was not found: handed on, or in a server that chooses its handlers itself. */
function isLost(
  repository: Repository,
  { framework, local }: Server,
  { method }: Route,
  codes: readonly Code[],
): boolean {
  return (framework === 'node-http' && method !== 'DELETE' && !local) || lostHandlerIn(repository, codes) !== undefined;
}

/** Middleware and hooks in front of the route that could check for it. */
function runsBefore(repository: Repository, { middleware }: Server, { path }: Route): readonly Code[] {
  const inFront = middleware.filter(
    (layer) => layer.path === '/' || layer.path === '*' || path.startsWith(layer.path.replace(/\/\*?$/, '')),
  );
  return reachedFrom(
    repository,
    inFront.map(({ code }) => code),
  );
}

function ofNest(repository: Repository, server: Server, route: Route, codes: readonly Code[]): Outcome {
  const bodies = codes.flatMap((code) => {
    const body = nestBodyOf(repository, code);
    return body ? [{ module: code.module, body }] : [];
  });
  const [first] = bodies;
  if (!first) return ofHandler(repository, server, route, codes);
  const { module, body } = first;
  if (body.kind === 'checked' || schemaParseIn(repository, codes)) return 'checked';
  const pipe = globalPipeOf(repository, server.app);
  if (body.kind === 'needs pipe' && pipe?.listsFields) return 'checked';
  if (body.kind === 'needs pipe' && pipe)
    return {
      ...failure(route, { module, node: body.at }),
      message: `${named(route)} takes fields that nobody has listed: the ValidationPipe lets them through.`,
      remedy: 'Make it new ValidationPipe({ whitelist: true, forbidNonWhitelisted: true }).',
      confidence: 'review',
    };
  return failure(route, { module, node: body.at });
}

function notFollowed(route: Route): RuleFinding {
  return { verdict: 'unknown', message: `What answers ${named(route)} could not be followed.`, where: route.where };
}

type Failure = Extract<RuleFinding, { verdict: 'fail' }>;

function failure(route: Route, { module, node }: Code): Failure {
  return {
    verdict: 'fail',
    message: `Whoever calls ${named(route)} can send what they like: no schema says which fields are allowed, and what they look like.`,
    confidence: 'likely',
    remedy:
      'Parse the body with a schema of the allowed fields (zod, valibot, joi …) before the first use, and answer 400 when it does not fit.',
    key: named(route),
    ...proofOf(module, node),
  };
}

function wholeBodyFailure(route: Route, code: Code): Failure {
  return {
    ...failure(route, code),
    message: `Whoever calls ${named(route)} can set any field of the record, also those that no form shows, such as a role or a price.`,
    confidence: 'certain',
    remedy: 'List the allowed fields in a schema, parse the body with it, and store only what comes out.',
  };
}

function named({ method, path }: Route): string {
  return `${method} ${path}`;
}
