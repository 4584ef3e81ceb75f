import type { Node } from '@babel/types';
import { definitionOf } from '../../code/bindings.ts';
import { isFunction, keyNameOf, memberNameOf, objectOf, type Call } from '../../code/calls.ts';
import { textOf, type Module } from '../../code/module.ts';
import { declarationOf, parentsOf } from '../../code/scopes.ts';
import { nodesOf } from '../../code/walk.ts';
import type { Server } from '../../frameworks/server.ts';
import { serversOf } from '../../frameworks/servers.ts';
import type { App } from '../../repository/apps.ts';
import type { Repository } from '../../repository/repository.ts';
import { proofOf } from '../offending-line.ts';
import { callsIn, reachedFrom } from '../reach.ts';
import { defineRule, type RuleFinding } from '../rule.ts';
import { serverModules } from '../server-files.ts';

export default defineRule({
  id: 'arch/stateless',
  title: 'What has to last is kept in a database or another service, not in the process and not on its disk.',
  why: 'Each start, each deployment and each second copy of the app loses or splits what is kept inside it.',
  weight: 'medium',
  stage: 'production',
  measured: false,
  finds:
    'Lists and maps of a module that handlers change; sessions of express-session without a store; uploads of multer on disk; files that handlers write; SQLite, lowdb or JSON files as the store of an app that runs without a server or in several copies.',
  blind: 'Jobs on a timer that every copy runs. Caches with a limit or an age are fine.',
  fix: 'Keep records and sessions in a database, uploads in object storage.',
  references: ['12-factor VI', '12-factor VIII', 'nodebestpractices 5.12'],
  check(repository) {
    const servers = serversOf(repository);
    if (servers.length === 0) return [{ verdict: 'not-applicable', message: 'Nothing here answers requests.' }];
    const apps = [...new Set(servers.map(({ app }) => app))];
    const findings = [
      ...distinct(servers.flatMap((server) => keptByHandlers(repository, server))),
      ...apps.flatMap((app) => [...keptByPackages(repository, app), ...keptInFiles(repository, app)]),
    ];
    return findings.length > 0
      ? findings
      : [{ verdict: 'pass', message: 'Nothing that has to last was found in the process or on its disk.' }];
  },
});

const changing = /^(?:push|unshift|pop|shift|splice|set|add|delete|clear)$/;

/** Records in memory, and files that are written, while a request is answered. */
function keptByHandlers(repository: Repository, { routes }: Server): RuleFinding[] {
  const codes = routes.flatMap(({ handlers }) => reachedFrom(repository, handlers));
  const inMemory = codes.flatMap(({ module, node }) =>
    changedIn(node).flatMap((changed) => kept(repository, module, changed)),
  );
  const onDisk = callsIn(codes).flatMap(({ module, call }) =>
    writesFile(repository, module, call) ? [told(module, call, 'file')] : [],
  );
  return [...inMemory, ...onDisk];
}

/** Names whose content some code changes: `orders.push(x)`, `orders[id] = x`, `orders = orders.filter(…)`. */
function changedIn(root: Node): Extract<Node, { type: 'Identifier' }>[] {
  const calls = nodesOf(root, 'CallExpression').flatMap(({ callee }) =>
    changing.test(memberNameOf(callee) ?? '') ? [objectOf(callee)] : [],
  );
  const assigned = nodesOf(root, 'AssignmentExpression').map(({ left }) =>
    left.type === 'Identifier' ? left : objectOf(left),
  );
  return [...calls, ...assigned].filter((node) => node?.type === 'Identifier');
}

/** The declaration of a name of the module that holds a list, a map or a record, unless it has a limit or an age. */
function kept(repository: Repository, module: Module, name: Extract<Node, { type: 'Identifier' }>): RuleFinding[] {
  const declared = declarationOf(module, name, name);
  if (!declared || (declared.kind !== 'import' && declared.kind !== 'variable') || !isOfModule(module, declared.id))
    return [];
  if (isBounded(module, name.name)) return [];
  if (declared.from && isStore(declared.from)) return [told(module, declared.id, 'memory')];
  const definition = definitionOf(repository, module, name);
  return definition?.kind === 'code' && isStore(definition.node)
    ? [told(definition.module, definition.node, 'memory')]
    : [];
}

/** True for a name that stands at the top of its file: it lives as long as the process. */
function isOfModule(module: Module, id: Node): boolean {
  const parents = parentsOf(module);
  for (let node = parents.get(id); node; node = parents.get(node)) {
    if (node.type === 'Program') return true;
    if (isFunction(node) || node.type === 'BlockStatement') return false;
  }
  return false;
}

function isStore(node: Node): boolean {
  if (node.type === 'ArrayExpression' || node.type === 'ObjectExpression') return true;
  return node.type === 'NewExpression' && node.callee.type === 'Identifier' && /^(?:Map|Set)$/.test(node.callee.name);
}

/** A cache, or one that looks at its size before it grows. */
function isBounded({ text }: Module, name: string): boolean {
  if (/cache|limit|attempt|window|memo/i.test(name)) return true;
  return new RegExp(`\\b${name.replaceAll('$', '\\$')}\\.(?:size|length)\\s*>=?`).test(text);
}

function writesFile(repository: Repository, module: Module, { callee }: Call): boolean {
  const name = callee.type === 'Identifier' ? callee.name : (memberNameOf(callee) ?? '');
  if (!/^(?:writeFile|writeFileSync|appendFile|appendFileSync|createWriteStream)$/.test(name)) return false;
  const definition = definitionOf(repository, module, callee);
  return definition?.kind === 'package' && /^(?:fs|fs-extra)$/.test(definition.name);
}

function keptByPackages(repository: Repository, app: App): RuleFinding[] {
  return serverModules(repository, app, /express-session|multer/).flatMap((module) =>
    nodesOf(module.tree, 'CallExpression').flatMap((call) => {
      const definition = definitionOf(repository, module, call.callee);
      if (definition?.kind !== 'package') return [];
      const options = call.arguments[0];
      if (definition.name === 'express-session')
        return options?.type === 'ObjectExpression' && !has(options, 'store') ? [told(module, call, 'sessions')] : [];
      const onDisk =
        definition.path.at(-1) === 'diskStorage' || (options?.type === 'ObjectExpression' && has(options, 'dest'));
      return definition.name === 'multer' && onDisk ? [told(module, call, 'file')] : [];
    }),
  );
}

function has(options: Extract<Node, { type: 'ObjectExpression' }>, name: string): boolean {
  return options.properties.some((property) => property.type === 'SpreadElement' || keyNameOf(property) === name);
}

/** A database in a file, where the app is declared to run in several copies, or on no disk of its own. */
function keptInFiles(repository: Repository, app: App): RuleFinding[] {
  const declared = repository.files.find(
    ({ path, role }) => role === 'text' && severalCopies(path, repository.read(path) ?? ''),
  );
  if (!declared) return [];
  return serverModules(repository, app, /sqlite3|better-sqlite3|node:sqlite|lowdb|nedb/).flatMap((module) => {
    const opened = nodesOf(module.tree, 'NewExpression', 'CallExpression').find(({ callee }) => {
      const definition = definitionOf(repository, module, callee);
      return definition?.kind === 'package' && /^(?:sqlite3|better-sqlite3|sqlite|lowdb|nedb)$/.test(definition.name);
    });
    return opened && !/:memory:/.test(textOf(module, opened)) ? [told(module, opened, 'database')] : [];
  });
}

function severalCopies(path: string, text: string): boolean {
  if (/(?:^|\/)(?:vercel\.json|netlify\.toml|serverless\.ya?ml)$/.test(path)) return true;
  return /\.ya?ml$/.test(path) && /^\s*replicas:\s*(?:[2-9]|\d\d)/m.test(text);
}

const messages = {
  memory: [
    'What users enter is kept in the memory of the process: it is gone at the next start, and a second copy of the app knows nothing of it.',
    'Keep it in a database.',
  ],
  sessions: [
    'Who is signed in is kept in the memory of the process: each deployment signs everybody out, and memory grows until the app stops.',
    'Give express-session a store, such as connect-pg-simple or connect-redis.',
  ],
  file: [
    'Files are kept on the disk of the server: most hosts wipe it at each deployment, and a second copy of the app does not see them.',
    'Keep them in object storage or a database.',
  ],
  database: [
    'The database is a file beside the app, but the app runs in several copies or without a disk: records get lost.',
    'Use a database that is a service.',
  ],
} as const;

function told(module: Module, node: Node, kind: keyof typeof messages): RuleFinding {
  const [message, remedy] = messages[kind];
  return { verdict: 'fail', message, remedy, confidence: 'likely', ...proofOf(module, node) };
}

function distinct(findings: readonly RuleFinding[]): RuleFinding[] {
  return [
    ...new Map(findings.map((found) => [JSON.stringify('where' in found ? found.where : found), found])).values(),
  ];
}
