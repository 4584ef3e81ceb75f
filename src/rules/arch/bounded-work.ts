import type { Node } from '@babel/types';
import { definitionOf } from '../../code/bindings.ts';
import { keyNameOf, memberNameOf, objectOf, type Call } from '../../code/calls.ts';
import { textOf, type Module } from '../../code/module.ts';
import type { App } from '../../repository/apps.ts';
import type { Server } from '../../frameworks/server.ts';
import { serversOf } from '../../frameworks/servers.ts';
import type { Repository } from '../../repository/repository.ts';
import { proofOf } from '../offending-line.ts';
import { callsIn, codeOf, reachedFrom } from '../reach.ts';
import { defineRule, type RuleFinding } from '../rule.ts';
import { serverModules } from '../server-files.ts';

export default defineRule({
  id: 'arch/bounded-work',
  title: 'Lists come in pages, calls to others give up in time, and no request makes all others wait.',
  why: 'The first thousand records, or one slow supplier, stop the whole app for everybody.',
  weight: 'medium',
  stage: 'production',
  measured: false,
  finds:
    'Handlers of GET that read a whole table (findMany(), find({}), findAll(), SELECT without LIMIT); fetch and axios without a time limit; readFileSync, execSync, bcrypt.hashSync and their kin while a request is answered.',
  blind: 'Tables that stay small; limits that a client library has by itself; loops of queries.',
  fix: 'Give lists a limit and a cursor, calls signal: AbortSignal.timeout(5000), and use the functions that do not block.',
  references: ['OWASP API4:2023', 'ASVS v5.0.0-13.1.2', 'ASVS v5.0.0-13.1.3', 'CWE-400', 'CWE-770'],
  check(repository) {
    const servers = serversOf(repository);
    if (servers.length === 0) return [{ verdict: 'not-applicable', message: 'Nothing here answers requests.' }];
    const apps = [...new Set(servers.map(({ app }) => app))];
    const findings = [
      ...distinct(servers.flatMap((server) => whileAnswering(repository, server))),
      ...apps.flatMap((app) => withoutTimeLimit(repository, app)),
    ];
    return findings.length > 0 ? findings : [{ verdict: 'pass', message: 'No work without bounds was found.' }];
  },
});

function whileAnswering(repository: Repository, { routes }: Server): RuleFinding[] {
  return routes.flatMap(({ method, handlers }) => {
    const codes = reachedFrom(repository, handlers);
    return callsIn(codes).flatMap(({ module, call }) => {
      if (blocks(repository, module, call))
        return [
          finding(
            module,
            call,
            'While this work is done, the app answers nobody else.',
            'Use the function of the same name without Sync, and await it.',
          ),
        ];
      if (method === 'GET' && readsEverything(module, call) && !codeOf(repository, module, call.callee))
        return [
          finding(
            module,
            call,
            'The whole table is read for each request: the more it is used, the slower it gets, until it stops.',
            'Read a page at a time, with a limit of 100 at most.',
          ),
        ];
      return [];
    });
  });
}

const blocking =
  /^(?:readFileSync|writeFileSync|appendFileSync|readdirSync|execSync|execFileSync|spawnSync|hashSync|compareSync|genSaltSync|pbkdf2Sync|scryptSync|gzipSync|gunzipSync|deflateSync)$/;

function blocks(repository: Repository, module: Module, { callee }: Call): boolean {
  const name = callee.type === 'Identifier' ? callee.name : (memberNameOf(callee) ?? '');
  if (!blocking.test(name)) return false;
  const definition = definitionOf(repository, module, callee);
  return definition?.kind === 'package';
}

function readsEverything(module: Module, call: Call): boolean {
  const method = memberNameOf(call.callee);
  const [first, second] = call.arguments;
  const text = first ? textOf(module, first) : '';
  if (/select\s[\s\S]*\sfrom\s/i.test(text) && first?.type.endsWith('Literal'))
    return (
      !/\b(?:limit|where|top|fetch\s+first|pragma)\b|\b(?:count|sum|max|min|avg)\(/i.test(text) &&
      !/^\s*['"`]?\s*with/i.test(text)
    );
  if (method === 'findMany' || method === 'findAll')
    return !/take|limit|where|cursor|first/.test(text) && /\./.test(textOf(module, call.callee));
  if (method !== 'find' || second !== undefined) return false;
  const owner = objectOf(call.callee);
  const isModel =
    owner?.type === 'Identifier'
      ? /^[A-Z]/.test(owner.name)
      : /collection\(|(?:repository|repo|model)\??\.find$/i.test(textOf(module, call.callee));
  const end = call.end ?? 0;
  return (
    isModel &&
    (!first || /^\{\s*\}$/.test(text)) &&
    !/^[\s\S]{0,200}?\.(?:limit|skip|countDocuments)\(/.test(module.text.slice(end, end + 200).split(';')[0] ?? '')
  );
}

/** What a person starts, and can stop. */
const byHand = /(?:^|\/)(?:scripts?|bin|tools|cli)\//;

/** Calls to other servers that wait for ever; one finding per file, at the first of them. */
function withoutTimeLimit(repository: Repository, app: App): RuleFinding[] {
  return serverModules(repository, app, /\bfetch\(|axios|\bgot\b/).flatMap((module) => {
    if (/timeout|AbortSignal|AbortController|signal/i.test(module.text) || byHand.test(module.path)) return [];
    const open = callsIn([{ module, node: module.tree }]).filter(({ call }) => isRequest(repository, module, call));
    const [first] = open;
    if (!first) return [];
    const others = open.length > 1 ? ` (and ${open.length - 1} more in this file)` : '';
    return [
      finding(
        module,
        first.call,
        `When the other side hangs, this waits for ever, and so does whoever asked${others}.`,
        'Give up in time: fetch(url, { signal: AbortSignal.timeout(5000) }), or timeout: 5000 for axios.',
      ),
    ];
  });
}

function isRequest(repository: Repository, module: Module, { callee, arguments: given }: Call): boolean {
  const definition = definitionOf(repository, module, callee);
  if (definition?.kind === 'global')
    return definition.path.join('.') === 'fetch' || definition.path.join('.') === 'globalThis.fetch';
  if (definition?.kind !== 'package' || !/^(?:axios|node-fetch|got|undici|cross-fetch)$/.test(definition.name))
    return false;
  if (given[0] && /^['"`]\//.test(textOf(module, given[0]))) return false;
  const last = definition.path.at(-1) ?? 'default';
  const hasOptions = given.some(
    (argument: Node) =>
      argument.type === 'ObjectExpression' &&
      argument.properties.some((property) => property.type === 'ObjectProperty' && keyNameOf(property) === 'timeout'),
  );
  return /^(?:default|get|post|put|patch|delete|request|fetch)$/.test(last) && !hasOptions;
}

function finding(module: Module, node: Node, message: string, remedy: string): RuleFinding {
  return { verdict: 'fail', message, remedy, confidence: 'likely', ...proofOf(module, node) };
}

/** Routes share their code: each place is told once. */
function distinct(findings: readonly RuleFinding[]): RuleFinding[] {
  return [
    ...new Map(findings.map((found) => [JSON.stringify('where' in found ? found.where : found), found])).values(),
  ];
}
