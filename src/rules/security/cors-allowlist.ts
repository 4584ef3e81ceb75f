import type { Node } from '@babel/types';
import { definitionOf } from '../../code/bindings.ts';
import { isFunction, keyNameOf, memberNameOf, unwrapped, type Call } from '../../code/calls.ts';
import { textOf, type Module } from '../../code/module.ts';
import { parentsOf } from '../../code/scopes.ts';
import { nodesOf } from '../../code/walk.ts';
import { serversOf } from '../../frameworks/servers.ts';
import type { App } from '../../repository/apps.ts';
import type { Repository } from '../../repository/repository.ts';
import { proofOf } from '../offending-line.ts';
import { defineRule, type RuleFinding } from '../rule.ts';
import { isForDevelopers } from './for-developers.ts';
import { serverModules } from '../server-files.ts';

/** Who may call, as far as one place says. */
type Origins = 'anybody' | 'anybody, signed in' | 'listed' | 'cannot be told';

export default defineRule({
  id: 'security/cors-allowlist',
  title: 'Only the web pages that are listed may call the app from a browser.',
  why: 'Otherwise any page on the internet can call the app from the browser of whoever visits it and read the answers, in the name of that person where cookies go along.',
  weight: 'medium',
  stage: 'production',
  measured: false,
  finds:
    'cors(), @fastify/cors, @koa/cors, hono/cors and enableCors() without origins, with `*` or with `true`; Access-Control-Allow-Origin set by hand to `*` or to whatever asks. Worse where cookies are allowed along.',
  blind:
    'Origins that are settings; CORS that a proxy adds. An API that is public and read-only may be open: waive it.',
  fix: 'Name the origins, from a setting such as CORS_ORIGINS.',
  references: ['ASVS v5.0.0-3.4.2', 'OWASP API8:2023', 'CWE-942'],
  check(repository) {
    const apps = [...new Set(serversOf(repository).map(({ app }) => app))];
    if (apps.length === 0) return [{ verdict: 'not-applicable', message: 'Nothing here answers requests.' }];
    const findings = apps.flatMap((app) => openDoors(repository, app));
    if (findings.length > 0) return findings;
    return [{ verdict: 'pass', message: 'No page of another origin may call, unless it is listed.' }];
  },
});

function openDoors(repository: Repository, app: App): RuleFinding[] {
  return serverModules(repository, app, /cors|access-control-allow-origin/i).flatMap((module) => [
    ...nodesOf(module.tree, 'CallExpression').flatMap((call) =>
      told(module, call, originsOf(repository, module, call)),
    ),
    ...nodesOf(module.tree, 'ObjectProperty').flatMap((property) =>
      told(module, property, originsOfHeader(module, keyNameOf(property), property.value)),
    ),
  ]);
}

const packages = /^(?:cors|@fastify\/cors|fastify-cors|@koa\/cors|koa2?-cors|koa-cors)$/;

function originsOf(repository: Repository, module: Module, call: Call): Origins | undefined {
  const [first, second] = call.arguments;
  const method = memberNameOf(call.callee);
  if (method === 'enableCors') return originsIn(repository, module, first);
  if (/^(?:setHeader|set|header|append|appendHeader)$/.test(method ?? '') && first?.type === 'StringLiteral')
    return originsOfHeader(module, first.value, second);
  if (method === 'register' && first && isCors(repository, module, first)) return originsIn(repository, module, second);
  return isCors(repository, module, call.callee) ? originsIn(repository, module, first) : undefined;
}

function isCors(repository: Repository, module: Module, node: Node): boolean {
  const definition = definitionOf(repository, module, node);
  if (definition?.kind !== 'package' || definition.path.length > 1) return false;
  return packages.test(definition.name) || definition.specifier === 'hono/cors';
}

/** What the options of a package say; without any, everybody may. */
function originsIn(repository: Repository, module: Module, options: Node | undefined): Origins {
  if (!options) return 'anybody';
  const definition = definitionOf(repository, module, options);
  if (definition?.kind !== 'code') return 'cannot be told';
  const { node } = definition;
  if (node.type !== 'ObjectExpression') return 'cannot be told';
  const origin = valueOf(node, 'origin');
  if (!origin) return node.properties.some(({ type }) => type === 'SpreadElement') ? 'cannot be told' : 'anybody';
  const credentials = valueOf(node, 'credentials');
  const signedIn = credentials?.type === 'BooleanLiteral' && credentials.value;
  if (!letsAnybody(definition.module, origin)) return 'listed';
  return signedIn && !(origin.type === 'StringLiteral') ? 'anybody, signed in' : 'anybody';
}

function letsAnybody(module: Module, origin: Node): boolean {
  const node = unwrapped(origin);
  if (node.type === 'BooleanLiteral') return node.value;
  if (node.type === 'StringLiteral') return node.value === '*';
  if (node.type === 'ArrayExpression')
    return node.elements.some((element) => element?.type === 'StringLiteral' && element.value === '*');
  if (node.type === 'LogicalExpression') return letsAnybody(module, node.right);
  if (!isFunction(node)) return false;
  const text = textOf(module, node);
  if (/\bif\b|\?|includes|indexOf|has\(|test\(|===|some\(|match\(|endsWith|allowed/i.test(text)) return false;
  return /\(\s*null\s*,\s*(?:true|origin|['"]\*)|=>\s*(?:origin|\w+)\s*$/.test(text);
}

function originsOfHeader(module: Module, name: string | undefined, value: Node | undefined): Origins | undefined {
  if (name?.toLowerCase() !== 'access-control-allow-origin' || !value) return undefined;
  const node = unwrapped(value);
  if (node.type === 'StringLiteral') return node.value === '*' ? 'anybody' : 'listed';
  if (!/headers\??\.?\[?['"]?origin|header\(['"]origin/i.test(textOf(module, node)) || isConditional(module, node))
    return 'cannot be told';
  return /access-control-allow-credentials/i.test(module.text) ? 'anybody, signed in' : 'anybody';
}

function isConditional(module: Module, at: Node): boolean {
  const parents = parentsOf(module);
  for (let node = parents.get(at); node; node = parents.get(node))
    if (node.type === 'IfStatement' || node.type === 'ConditionalExpression') return true;
  return false;
}

function valueOf(object: Node, name: string): Node | undefined {
  if (object.type !== 'ObjectExpression') return undefined;
  for (const property of object.properties)
    if (property.type === 'ObjectProperty' && keyNameOf(property) === name) return property.value;
  return undefined;
}

function told(module: Module, node: Node, origins: Origins | undefined): RuleFinding[] {
  if (!origins?.startsWith('anybody') || isForDevelopers(module, node)) return [];
  const signedIn = origins === 'anybody, signed in';
  return [
    {
      verdict: 'fail',
      message: signedIn
        ? 'Any web page can call this app in the name of whoever is signed in, and read what comes back.'
        : 'Any web page can call this app from the browser of its visitors, and read what comes back.',
      confidence: signedIn ? 'certain' : 'likely',
      ...(signedIn && { weight: 'high' }),
      remedy: 'Name the origins that may call, from a setting: origin: config.CORS_ORIGINS.',
      ...proofOf(module, node),
    },
  ];
}
