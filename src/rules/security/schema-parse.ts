import type { Node } from '@babel/types';
import { definitionOf } from '../../code/bindings.ts';
import { isCall, isFunction, memberNameOf, objectOf, unwrapped, type Call } from '../../code/calls.ts';
import { importsOf, packageNameOf } from '../../code/imports.ts';
import { textOf, type Module } from '../../code/module.ts';
import { nodesOf } from '../../code/walk.ts';
import type { Code } from '../../frameworks/server.ts';
import type { Repository } from '../../repository/repository.ts';
import { callsIn } from '../reach.ts';
import { inputIn, requestName } from './request-input.ts';
import { taintedBy } from './taint.ts';

/** Packages that check the shape of data, and those that join such a check to a framework. */
export const validators: ReadonlySet<string> = new Set(
  `zod joi @hapi/joi yup valibot ajv typebox @sinclair/typebox superstruct arktype io-ts runtypes effect @effect/schema class-validator
  class-transformer express-validator celebrate fastest-validator @vinejs/vine ow myzod jsonschema is-my-json-valid v8n validate.js typia
  express-openapi-validator express-json-validator-middleware express-joi-validation express-zod-api zod-express-middleware zod-express
  express-validation koa2-validation koa-joi-router koa-context-validator koa-validate koa-zod-router
  @hono/zod-validator @hono/valibot-validator @hono/typebox-validator @hono/standard-validator @hono/arktype-validator @hono/zod-openapi
  hono-openapi fastify-type-provider-zod fluent-json-schema nestjs-zod nestjs-joi nest-joi next-safe-action zod-form-data drizzle-zod
  drizzle-valibot @asteasolutions/zod-to-openapi tsoa @ts-rest/core @ts-rest/express @anatine/zod-nestjs`.split(/\s+/),
);

/** What schemas are called on. `is`, `match` and the like are too common to count without a schema before them. */
const parseMethods =
  /^(?:parse|safeParse|parseAsync|safeParseAsync|spa|validate|validateAsync|validateSync|validateOrReject|validateBody|assert|check|cast|decode|decodeUnknown|decodeUnknownSync|isValid|isValidSync|tryValidate|Parse|Check|Decode|Assert|Validate|attempt|plainToInstance|plainToClass|transformAndValidate)$/;

const notSchemas =
  /^(?:JSON|Date|path|url|URL|qs|querystring|cookie|Number|console|assert|jwt|ms|semver|yaml|YAML|Papa|marked|dotenv|parser)$/;

/** The call that checks the shape of data with a schema; undefined where there is none. */
export function schemaParseIn(repository: Repository, codes: readonly Code[]): Code | undefined {
  for (const { module, call } of callsIn(codes))
    if (isSchemaParse(repository, module, call)) return { module, node: call };
  for (const { module, node } of codes)
    if (isCall(node) && isSchemaParse(repository, module, node)) return { module, node };
  return undefined;
}

function isSchemaParse(repository: Repository, module: Module, call: Call): boolean {
  const { callee } = call;
  const method = memberNameOf(callee);
  const definition = definitionOf(repository, module, callee);
  if (/process\.env/.test(call.arguments[0] ? textOf(module, call.arguments[0]) : '')) return false;
  if (method === 'valid' && /^(?:c|ctx|context)\.req\.valid$/.test(textOf(module, callee))) return true;
  if (definition?.kind === 'package' && isValidatorCall(definition.name, definition.specifier, definition.path))
    return true;
  if (method === undefined) return isCompiledSchema(repository, module, callee);
  const object = objectOf(callee);
  if (!object || !parseMethods.test(method)) return false;
  return isSchema(repository, module, object, method);
}

/** `zValidator('json', schema)`, `celebrate({…})`, `validationResult(req)`, `v.parse(schema, data)`: not `z.object({…})`, which only describes. */
function isValidatorCall(name: string, specifier: string, path: readonly string[]): boolean {
  if (specifier === 'hono/validator') return true;
  if (!validators.has(name)) return false;
  const last = path.at(-1) ?? '';
  if (parseMethods.test(last)) return true;
  if (name === 'express-validator') return last === 'validationResult' || last === 'matchedData';
  return (
    /valid|celebrate|processRequest|checkSchema/i.test(last === 'default' || last === '' ? name : last) &&
    !/^(?:zod|joi|yup|valibot)$/.test(name)
  );
}

/** `check(request.body)` where `check = ajv.compile(schema)`. */
function isCompiledSchema(repository: Repository, module: Module, callee: Node): boolean {
  const definition = definitionOf(repository, module, callee);
  return (
    definition?.kind === 'code' &&
    isCall(definition.node) &&
    /^(?:compile|compileAsync|Compile|getSchema|withTypeProvider)$/.test(memberNameOf(definition.node.callee) ?? '')
  );
}

function isSchema(repository: Repository, module: Module, object: Node, method: string): boolean {
  const text = textOf(module, object);
  if (notSchemas.test(text)) return false;
  const definition = definitionOf(repository, module, object);
  if (definition?.kind === 'package') return validators.has(definition.name);
  if (definition?.kind === 'code' && definition.node !== object)
    return importsValidator(definition.module) || /schema|valid|dto/i.test(text);
  if (definition?.kind === 'parameter')
    return /safeParse|Async|schema|valid|dto/i.test(`${method} ${text}`) || importsValidator(module);
  return importsValidator(module) || /schema|dto/i.test(text);
}

function importsValidator(module: Module): boolean {
  return importsOf(module).some(({ specifier }) => validators.has(packageNameOf(specifier) ?? ''));
}

/** A call that is named like a check, is given what was sent, and whose code is not here. */
export function lostCheckIn(repository: Repository, codes: readonly Code[]): Code | undefined {
  for (const { module, call } of callsIn(codes)) {
    const name = call.callee.type === 'Identifier' ? call.callee.name : (memberNameOf(call.callee) ?? '');
    const isNamed = /valid|schema|sanitize|(?:read|parse|check|decode)(?:Input|Body|Request|Payload|Json)/i.test(name);
    if (!isNamed || !call.arguments.some((argument) => inputIn(unwrapped(argument)) === 'body')) continue;
    if (definitionOf(repository, module, call.callee)?.kind !== 'code') return { module, node: call };
  }
  return undefined;
}

const refusal =
  /\b4\d\d\b|BadRequest|badRequest|Unprocessable|\bthrow\b|\breturn\b|redirect|render|\w*[eE]rrors?\w*\.push/;
const kindOf = /typeof\s|Array\.isArray|Number\.is\w+\(/;
const looksAt =
  /typeof\s|Array\.isArray|Number\.(?:isInteger|isFinite|isNaN|isSafeInteger)|isNaN\(|\.test\(|\.match\(|\.length\s*[<>]=?\s*\d|[<>]=?\s*-?\d|\.includes\(|\.has\(|validator\.|isEmail|instanceof|ObjectId\.isValid|\bvalid\w*\(/i;

/** A condition that looks at the kind, the size or the form of what was sent, and refuses or cleans it: checks written by hand, which only a person can judge. */
export function manualCheckIn(codes: readonly Code[]): Code | undefined {
  for (const { module, node } of codes) {
    const sent = sentNames(node);
    const condition = nodesOf(node, 'IfStatement').find(({ test, consequent }) => {
      const about = nodesOf(test, 'Identifier').some(({ name }) => sent.has(name) || name === 'body');
      return about && looksAt.test(textOf(module, test)) && refusal.test(textOf(module, consequent));
    });
    const cleaned = nodesOf(node, 'ConditionalExpression').find(
      ({ test }) => kindOf.test(textOf(module, test)) && nodesOf(test, 'Identifier').some(({ name }) => sent.has(name)),
    );
    const found = condition ?? cleaned ?? convertedFields(node);
    if (found) return { module, node: found };
  }
  return undefined;
}

/** `const { title, price } = req.body`, when each of these is made a text, a number, a date or a yes or no before it is used. */
function convertedFields(node: Node): Node | undefined {
  const read = nodesOf(node, 'VariableDeclarator').find(
    ({ id, init }) => id.type === 'ObjectPattern' && init && inputIn(unwrapped(init)) === 'body',
  );
  if (!read) return undefined;
  const converted = new Set(
    nodesOf(node, 'CallExpression', 'NewExpression').flatMap(({ callee, arguments: given }) =>
      callee.type === 'Identifier' && /^(?:String|Number|Boolean|parseInt|parseFloat|BigInt|Date)$/.test(callee.name)
        ? given.flatMap((argument) => (argument.type === 'Identifier' ? [argument.name] : []))
        : [],
    ),
  );
  return nodesOf(read.id, 'Identifier').every(({ name }) => converted.has(name)) ? read : undefined;
}

/** What holds the body in a handler; in a function that a handler calls, its parameters. */
function sentNames(node: Node): ReadonlySet<string> {
  const isHandler =
    isFunction(node) &&
    node.params.some((parameter) => nodesOf(parameter, 'Identifier').some(({ name }) => requestName.test(name)));
  if (isHandler || !isFunction(node)) return taintedBy('body', node).names;
  return new Set(node.params.flatMap((parameter) => nodesOf(parameter, 'Identifier').map(({ name }) => name)));
}
