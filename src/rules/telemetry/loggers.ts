import type { Node } from '@babel/types';
import { calleeNameOf, dottedNamesOf, isCall, keyNameOf, unwrapped } from '../../code/calls.ts';
import { importsOf, packageNameOf } from '../../code/imports.ts';
import { placeOf, type Module } from '../../code/module.ts';
import { nodesOf } from '../../code/walk.ts';
import type { Place } from '../../repository/place.ts';
import type { Repository } from '../../repository/repository.ts';
import { mayImport } from '../../repository/specifiers.ts';

/** Packages that write one record per event, which programs can read. */
const packages =
  /^(?:pino|pino-http|winston|express-winston|bunyan|@types\/bunyan|express-bunyan-logger|nestjs-pino|nest-winston|@nestjs\/common\/json|koa-pino-logger|express-pino-logger|hono-pino|@maks11060\/hono-pino|roarr|tslog|@logtape\/[\w-]+|@aws-lambda-powertools\/logger|@google-cloud\/logging(?:-winston|-bunyan|-pino)?|@logtail\/[\w-]+|@axiomhq\/[\w-]+|@datadog\/[\w-]+|next-axiom|next-logger|log4js|evlog|adze|@adonisjs\/logger|@opentelemetry\/(?:api-logs|sdk-logs)|@hapi\/good|hapi-pino|bole|structured-log|@elastic\/ecs-[\w-]+-format|@tinyhttp\/logger|loglayer|applicationinsights|fastify-cli)$/;
/** Those that write every request with its headers, passwords and tokens included, unless they are told not to. */
const withHeaders = /^(?:pino-http|nestjs-pino|koa-pino-logger|express-pino-logger|hapi-pino)$/;

/** A structured logger in a module. */
export interface LoggerUse {
  readonly name: string;
  readonly where: Place;
  readonly logsHeaders: boolean;
}

/** False where a file certainly logs nothing and makes no logger: there is no need to parse it then. */
export function mayLog(repository: Repository, path: string): boolean {
  const text = repository.read(path) ?? '';
  return (
    /\bconsole\b|\blog(?:ger)?\b|ConsoleLogger|JSON\.stringify/i.test(text) ||
    /log/i.test(path) ||
    mayImport(repository, path, packages)
  );
}

/** The structured logger that a module makes or takes from a package. */
export function loggerIn(module: Module): LoggerUse | undefined {
  for (const { specifier, typeOnly, node } of importsOf(module)) {
    const name = packageNameOf(specifier);
    if (name === undefined || typeOnly || !packages.test(name)) continue;
    return { name, where: placeOf(module, node), logsHeaders: withHeaders.test(name) };
  }
  return ownLogger(module);
}

/** `fastify({ logger: true })`, `new ConsoleLogger({ json: true })`, and `console.log(JSON.stringify({ ... }))` in a function for it. */
function ownLogger(module: Module): LoggerUse | undefined {
  if (!/\blogger\b|ConsoleLogger|JSON\.stringify/.test(module.text)) return undefined;
  for (const node of nodesOf(module.tree, 'CallExpression', 'NewExpression')) {
    const called = dottedNamesOf(node.callee)?.join('.') ?? '';
    const where = placeOf(module, node);
    if (
      /^(?:fastify|Fastify|FastifyAdapter|server|app|buildServer)$/.test(called) &&
      node.arguments.some((argument) => isSwitchedOn(argument, 'logger'))
    )
      return { name: "fastify's own", where, logsHeaders: false };
    if (called === 'ConsoleLogger' && node.arguments.some((argument) => isSwitchedOn(argument, 'json')))
      return { name: "Nest's own", where, logsHeaders: false };
    const [first] = node.arguments;
    const writes = /^(?:console\.(?:log|info|error)|process\.stdout\.write)$/.test(called);
    if (writes && first && holdsJson(first) && /log/i.test(module.path))
      return { name: 'one of its own', where, logsHeaders: false };
  }
  return undefined;
}

function isSwitchedOn(argument: Node, name: string): boolean {
  const object = unwrapped(argument);
  if (object.type !== 'ObjectExpression') return false;
  return object.properties.some((property) => {
    if (property.type !== 'ObjectProperty' || keyNameOf(property) !== name) return false;
    return !(property.value.type === 'BooleanLiteral' && !property.value.value);
  });
}

/** `JSON.stringify({...})`, with a line end behind it or not. */
function holdsJson(node: Node): boolean {
  const plain = unwrapped(node);
  if (plain.type === 'BinaryExpression') return holdsJson(plain.left);
  if (plain.type === 'TemplateLiteral') return plain.expressions.some(holdsJson);
  return isCall(plain) && calleeNameOf(plain) === 'JSON.stringify';
}

/** A line that is logged. */
export interface LogCall {
  readonly node: Node;
  readonly where: Place;
  readonly isConsole: boolean;
  /** What is private in what it writes: `req.body`; undefined for nothing that is seen. */
  readonly tells: string | undefined;
}

const level = /^(?:log|info|debug|warn|error|trace|fatal|verbose|dir|http|silly)$/;
const loggers = /(?:^|\.)(?:log|logger|_logger|logging|winston|pino|LOG|Logger)$/;

/** The lines that a module logs. */
export function logCallsIn(module: Module): LogCall[] {
  if (!/\bconsole\b|\blog(?:ger)?\b/i.test(module.text)) return [];
  return nodesOf(module.tree, 'CallExpression', 'OptionalCallExpression').flatMap((node) => {
    const names = dottedNamesOf(node.callee) ?? [];
    const method = names.at(-1) ?? '';
    const object = names.slice(0, -1).join('.');
    const isConsole = object === 'console';
    if (!level.test(method) || !(isConsole || loggers.test(object))) return [];
    const tells = node.arguments.map((argument) => privateIn(argument, isConsole)).find((name) => name !== undefined);
    return [{ node, where: placeOf(module, node), isConsole, tells }];
  });
}

const request = /^(?:this\.)?(?:req|request|ctx|context|c|ctx\.request|ctx\.req|context\.request)$/;

/** Whole requests, bodies, headers and the environment; single fields of them are not meant. */
function privateIn(node: Node, whole: boolean): string | undefined {
  const plain = unwrapped(node);
  if (plain.type === 'ObjectExpression')
    return plain.properties
      .map((property) =>
        property.type === 'ObjectProperty'
          ? privateIn(property.value, false)
          : property.type === 'SpreadElement'
            ? privateIn(property.argument, false)
            : undefined,
      )
      .find(Boolean);
  if (plain.type === 'TemplateLiteral') return plain.expressions.map((part) => privateIn(part, false)).find(Boolean);
  if (isCall(plain) && calleeNameOf(plain) === 'JSON.stringify')
    return plain.arguments[0] ? privateIn(plain.arguments[0], whole) : undefined;
  const names = dottedNamesOf(plain);
  const text = names?.join('.') ?? '';
  if (text === 'process.env') return text;
  const object = names?.slice(0, -1).join('.') ?? '';
  if (/^(?:body|headers|cookies|rawHeaders|rawBody)$/.test(names?.at(-1) ?? '') && request.test(object)) return text;
  return whole && /^(?:req|request)$/.test(text) ? text : undefined;
}
