import type { Node } from '@babel/types';
import { definitionOf, functionOf } from '../../code/bindings.ts';
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
export function loggerIn(repository: Repository, module: Module): LoggerUse | undefined {
  for (const { specifier, typeOnly, node } of importsOf(module)) {
    const name = packageNameOf(specifier);
    if (name === undefined || typeOnly || !packages.test(name)) continue;
    return { name, where: placeOf(module, node), logsHeaders: withHeaders.test(name) };
  }
  return ownLogger(repository, module);
}

/** `fastify({ logger: true })`, `new ConsoleLogger({ json: true })`, and `console.log(JSON.stringify({ ... }))` in a function for it. */
function ownLogger(repository: Repository, module: Module): LoggerUse | undefined {
  if (!/\blogger\b|ConsoleLogger|JSON\.stringify/.test(module.text)) return undefined;
  for (const node of nodesOf(module.tree, 'CallExpression', 'NewExpression')) {
    const called = dottedNamesOf(node.callee)?.join('.') ?? '';
    const where = placeOf(module, node);
    if (
      node.arguments.some((argument) => isSwitchedOn(argument, 'logger')) &&
      (/^(?:fastify|Fastify|FastifyAdapter|server|app|buildServer)$/.test(called) ||
        makesFastify(repository, module, node.callee))
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

/** `build({ logger: true })` where `build` hands its options on: `Fastify(options)`, `Fastify({ ...options })`. */
function makesFastify(repository: Repository, module: Module, callee: Node): boolean {
  const maker = functionOf(repository, module, callee);
  if (!maker) return false;
  const given = new Set(maker.node.params.map((parameter) => nameOf(parameter)));
  return nodesOf(maker.node.body, 'CallExpression').some((call) => {
    const made = definitionOf(repository, maker.module, call.callee);
    if (made?.kind !== 'package' || made.name !== 'fastify') return false;
    return call.arguments.some((argument) =>
      [argument, ...spreadIn(argument)].some((part) => part.type === 'Identifier' && given.has(part.name)),
    );
  });
}

function nameOf(parameter: Node): string | undefined {
  const named = parameter.type === 'AssignmentPattern' ? parameter.left : parameter;
  return named.type === 'Identifier' ? named.name : undefined;
}

function spreadIn(argument: Node): Node[] {
  if (argument.type !== 'ObjectExpression') return [];
  return argument.properties.flatMap((property) => (property.type === 'SpreadElement' ? [property.argument] : []));
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
  if (!isCall(plain)) return false;
  // What takes secrets out of it comes in between.
  return (
    calleeNameOf(plain) === 'JSON.stringify' ||
    plain.arguments.some((argument) => isCall(argument) && holdsJson(argument))
  );
}
