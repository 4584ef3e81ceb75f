import type { Node } from '@babel/types';
import { isFunction, keyNameOf, memberNameOf, type Call } from '../../code/calls.ts';
import { definitionOf } from '../../code/bindings.ts';
import { textOf, type Module } from '../../code/module.ts';
import { parentsOf } from '../../code/scopes.ts';
import { nodesOf } from '../../code/walk.ts';
import type { Server } from '../../frameworks/server.ts';
import type { Repository } from '../../repository/repository.ts';
import { proofOf } from '../offending-line.ts';
import type { RuleFinding } from '../rule.ts';
import { usesOf } from './mounted.ts';
import { proxyLine } from './proxy-files.ts';
import { serverModules } from '../server-files.ts';

/** More than this in one request is a file, and no form. */
const mostMegabytes = 10;

/** Places where a request may be as large as its sender likes. Express, body-parser, koa-bodyparser and Fastify limit bodies unasked. */
export function bodyLimitsOf(repository: Repository, server: Server): RuleFinding[] {
  if (proxyLine(repository, /client_max_body_size|max_size|request_body/i)) return [];
  const modules = serverModules(
    repository,
    server.app,
    /multer|fileupload|\blimit['"]?\s*:|\.on\(\s*['"]data|for await/,
  );
  const found = modules.flatMap((module) => [
    ...nodesOf(module.tree, 'CallExpression').flatMap((call) => ofCall(repository, module, call)),
    ...(server.framework === 'node-http' ? readers(module) : []),
  ]);
  return server.framework === 'hono' ? [...found, ...ofHono(repository, server)] : found;
}

function ofCall(repository: Repository, module: Module, call: Call): RuleFinding[] {
  const definition = definitionOf(repository, module, call.callee);
  if (
    definition?.kind === 'package' &&
    /^(?:multer|express-fileupload)$/.test(definition.name) &&
    definition.path.every((name) => name === 'default')
  )
    return hasLimits(call) ? [] : [tooLarge(module, call, 'Give it limits: { fileSize: 5 * 1024 * 1024 }.')];
  const limit = /^(?:json|urlencoded|raw|text)$/.test(memberNameOf(call.callee) ?? '')
    ? optionOf(call, 'limit')
    : undefined;
  if (!limit || megabytes(limit) <= mostMegabytes) return [];
  return [
    {
      ...tooLarge(module, limit, `Allow ${mostMegabytes} MB at most, and send files another way.`),
      confidence: 'review',
    },
  ];
}

/** Options that are no object in place may hold limits. */
function hasLimits(call: Call): boolean {
  const [options] = call.arguments;
  if (!options) return false;
  return (
    options.type !== 'ObjectExpression' ||
    options.properties.some((property) => property.type === 'SpreadElement' || keyNameOf(property) === 'limits')
  );
}

function optionOf({ arguments: given }: Call, name: string): Node | undefined {
  for (const options of given)
    if (options.type === 'ObjectExpression')
      for (const property of options.properties)
        if (property.type === 'ObjectProperty' && keyNameOf(property) === name) return property.value;
  return undefined;
}

function megabytes(limit: Node): number {
  if (limit.type === 'NumericLiteral') return limit.value / 1_048_576;
  const [, digits = '', unit = ''] =
    limit.type === 'StringLiteral' ? (/^([\d.]+)\s*(kb|mb|gb|b)?$/i.exec(limit.value) ?? []) : [];
  const factor = { gb: 1024, mb: 1, kb: 1 / 1024 }[unit.toLowerCase()] ?? 1 / 1_048_576;
  return digits === '' ? 0 : Number(digits) * factor;
}

/** `request.on('data', …)` that gathers without ever looking at the size. */
function readers(module: Module): RuleFinding[] {
  const parents = parentsOf(module);
  return nodesOf(module.tree, 'CallExpression').flatMap((call) => {
    const [event, gather] = call.arguments;
    if (
      memberNameOf(call.callee) !== 'on' ||
      event?.type !== 'StringLiteral' ||
      event.value !== 'data' ||
      !gather ||
      !isFunction(gather)
    )
      return [];
    if (
      !/^(?:req|request|ctx\.req)\.on$/.test(textOf(module, call.callee)) ||
      !/\+=|push\(|concat/.test(textOf(module, gather))
    )
      return [];
    let reader = parents.get(call);
    while (reader && !isFunction(reader) && reader.type !== 'Program') reader = parents.get(reader);
    const text = textOf(module, reader ?? module.tree);
    return /\blength\b|size|bytes|limit|content-length/i.test(text)
      ? []
      : [tooLarge(module, call, 'Count the bytes, and answer 413 when there are too many.')];
  });
}

/** Hono takes bodies of any size. */
function ofHono(repository: Repository, server: Server): RuleFinding[] {
  const { routes, app } = server;
  const takesBody = routes.find(({ method }) => /^(?:POST|PUT|PATCH)$/.test(method));
  if (!takesBody || usesOf(repository, app, /^hono\/body-limit$/, /body-limit/).mounts.length > 0) return [];
  if (serverModules(repository, app, /\b413\b/).length > 0) return [];
  return [
    {
      verdict: 'fail',
      message:
        'A single request may be as large as its sender likes: a few of them fill the memory, and the app stops.',
      where: server.where,
      confidence: 'likely',
      remedy: "Write app.use(bodyLimit({ maxSize: 1024 * 1024 })), from 'hono/body-limit', before the routes.",
      key: 'body limit',
      searched: ['hono/body-limit', 'answers with 413', 'a limit of a proxy'],
    },
  ];
}

function tooLarge(module: Module, node: Node, remedy: string): Extract<RuleFinding, { verdict: 'fail' }> {
  return {
    verdict: 'fail',
    message:
      'A single request may be as large as its sender likes: a few of them fill the memory or the disk, and the app stops.',
    confidence: 'likely',
    remedy,
    ...proofOf(module, node),
  };
}
