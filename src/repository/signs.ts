import type { Node } from '@babel/types';
import { memberNameOf, objectOf, unwrapped } from '../code/calls.ts';
import { importsOf, packageNameOf, specifierOf } from '../code/imports.ts';
import { placeOf, type Module } from '../code/module.ts';
import { nodesOf } from '../code/walk.ts';
import type { App } from './apps.ts';
import type { AppKind, AppKindFound } from './kinds.ts';
import type { Place } from './place.ts';
import { fact, type Repository } from './repository.ts';
import { mayImport } from './specifiers.ts';

/** Code that makes an app what it is: something of a package, called or made with `new`. */
interface Sign {
  readonly kind: AppKind;
  readonly packages: RegExp;
  /** What is called: names that the package exports; any where left out. */
  readonly calls?: RegExp;
  readonly evidence: (name: string) => string;
}

/** The first sign that is found decides: something that listens outweighs the page that it serves. */
const signs: readonly Sign[] = [
  {
    kind: 'http',
    packages:
      /^(?:express|fastify|koa|hono|@hono\/(?:node-server|zod-openapi)|restify|polka|@hapi\/hapi|elysia|h3|@nestjs\/core|apollo-server|@apollo\/server|graphql-yoga|json-server|connect|@tinyhttp\/app|@adonisjs\/core|sails)$/,
    calls:
      /^(?:default|express|fastify|Fastify|Koa|Hono|OpenAPIHono|serve|createServer|polka|server|Server|Elysia|createApp|NestFactory|ApolloServer|startStandaloneServer|createYoga|create|connect|App)$/,
    evidence: (name) => `makes a server with ${name}`,
  },
  {
    kind: 'http',
    packages: /^(?:node:)?https?2?$/,
    calls: /^(?:createServer|createSecureServer|Server)$/,
    evidence: () => 'makes a server with node:http',
  },
  {
    kind: 'http',
    packages: /^(?:ws|socket\.io|uWebSockets\.js|next)$/,
    calls: /^(?:Server|WebSocketServer|default|App)$/,
    evidence: (name) => `makes a server with ${name}`,
  },
  {
    kind: 'bot',
    packages:
      /^(?:discord\.js|telegraf|grammy|node-telegram-bot-api|@slack\/bolt|@slack\/rtm-api|whatsapp-web\.js|@whiskeysockets\/baileys|tmi\.js|mineflayer|eris|oceanic\.js|botbuilder|twit|matrix-bot-sdk)$/,
    evidence: (name) => `runs a bot with ${name}`,
  },
  {
    kind: 'worker',
    packages:
      /^(?:node-cron|cron|croner|node-schedule|bullmq|bull|bee-queue|agenda|amqplib|kafkajs|mqtt|chokidar|toad-scheduler|@temporalio\/worker)$/,
    evidence: (name) => `works on a schedule or a queue with ${name}`,
  },
  {
    kind: 'cli',
    packages:
      /^(?:commander|yargs|cac|meow|citty|oclif|@oclif\/core|inquirer|@inquirer\/prompts|@modelcontextprotocol\/sdk)$/,
    evidence: (name) => `is started by a person or a program, with ${name}`,
  },
  {
    kind: 'spa',
    packages: /^(?:react-dom|vue|svelte|solid-js|preact|@angular\/platform-browser(?:-dynamic)?|lit)$/,
    calls:
      /^(?:createRoot|hydrateRoot|render|createApp|createSSRApp|mount|bootstrapApplication|platformBrowserDynamic|default)$/,
    evidence: (name) => `draws its page in the browser with ${name}`,
  },
];

/** What the code of an app makes, the weightiest first. */
export function signsIn(repository: Repository, app: App): readonly AppKindFound[] {
  const found = app.files.flatMap(({ path, role }) => (role === 'source' ? usesOf(repository, path) : []));
  return signs.flatMap((sign) => found.filter((use) => use.sign === sign));
}

interface Use extends AppKindFound {
  readonly sign: Sign;
}

const known = fact(() => new Map<string, readonly Use[]>());

/** What one file makes: a server, a page, a bot. */
export function usesOf(repository: Repository, path: string): readonly Use[] {
  const found = known(repository).get(path) ?? findUses(repository, path);
  known(repository).set(path, found);
  return found;
}

function findUses(repository: Repository, path: string): Use[] {
  const module = mentionsAny(repository, path) ? repository.module(path) : undefined;
  if (!module) return [];
  return signs.flatMap((sign) => {
    const use = useOf(module, sign);
    return use ? [{ sign, kind: sign.kind, evidence: sign.evidence(use.name), where: use.where }] : [];
  });
}

/** Cheap: whether a file may import a package of any sign. */
function mentionsAny(repository: Repository, path: string): boolean {
  return signs.some(({ packages }) => mayImport(repository, path, packages));
}

/** Where a module calls what the sign asks for. */
function useOf(module: Module, { packages, calls }: Sign): { name: string; where: Place } | undefined {
  const names = new Map<string, { readonly package: string; readonly imported: string }>();
  for (const { specifier, names: taken, typeOnly } of importsOf(module)) {
    const from = packageNameOf(specifier);
    if (from === undefined || typeOnly || !packages.test(from)) continue;
    for (const { imported, local } of taken) names.set(local, { package: from, imported });
  }
  for (const node of nodesOf(module.tree, 'CallExpression', 'NewExpression')) {
    const callee = unwrapped(node.callee);
    const base = unwrapped(objectOf(callee) ?? callee);
    const from = base.type === 'Identifier' ? names.get(base.name) : requiredHere(base, packages);
    if (!from) continue;
    const whole = from.imported === '*' || from.imported === 'default';
    const member = memberNameOf(callee);
    const called = whole ? [member ?? 'default'] : [from.imported, member ?? ''];
    if (!calls || called.some((name) => calls.test(name)))
      return { name: from.package, where: placeOf(module, node as Node) };
  }
  return undefined;
}

/** `require('fastify')()`, `require('http').createServer()`. */
function requiredHere(node: Node, packages: RegExp): { package: string; imported: string } | undefined {
  const name = packageNameOf(specifierOf(node) ?? '');
  return name !== undefined && packages.test(name) ? { package: name, imported: '*' } : undefined;
}
