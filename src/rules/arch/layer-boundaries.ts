import { exportsOf } from '../../code/exports.ts';
import { importsOf, packageNameOf, type Import } from '../../code/imports.ts';
import { linesOf, placeOf } from '../../code/module.ts';
import { resolveImport } from '../../code/resolve.ts';
import { serversOf } from '../../frameworks/servers.ts';
import type { Repository } from '../../repository/repository.ts';
import { proofOf } from '../offending-line.ts';
import { defineRule, type RuleFinding } from '../rule.ts';

const drivers =
  /^(?:pg|mysql|mysql2|sqlite3|better-sqlite3|mongodb|mongoose|@prisma\/client|knex|sequelize|typeorm|drizzle-orm|postgres|oracledb|tedious|mssql|ioredis|redis|lowdb|nedb|@libsql\/client)$/;
const mostLines = 600;

export default defineRule({
  id: 'arch/layer-boundaries',
  title:
    'Routes do not talk to the database themselves, files do not import each other in circles, and none is too long to read.',
  why: 'When everything is in one place, each change breaks something else, and nobody can say what.',
  weight: 'low',
  stage: 'advisory',
  measured: false,
  finds: 'Files that register routes and import a database driver; circles of imports; files of more than 600 lines.',
  blind: 'Code that is there twice; layers that have other names.',
  fix: 'Move the questions to the database into files of their own that the routes call, and split what is too long.',
  references: ['nodebestpractices 1.1', 'nodebestpractices 1.2'],
  check(repository) {
    const code = repository.files.filter(({ role }) => role === 'source');
    if (code.length === 0) return [{ verdict: 'not-applicable', message: 'There is no code here.' }];
    const findings = [...driversInRoutes(repository), ...circles(repository), ...longFiles(repository)];
    return findings.length > 0
      ? findings
      : [{ verdict: 'pass', message: `${code.length} files of code keep their layers.` }];
  },
});

function driversInRoutes(repository: Repository): RuleFinding[] {
  const paths = new Set(serversOf(repository).flatMap(({ routes }) => routes.map(({ where }) => where.path)));
  return [...paths].flatMap((path) => {
    const module = repository.module(path);
    const driver =
      module &&
      importsOf(module).find(({ specifier, typeOnly }) => !typeOnly && drivers.test(packageNameOf(specifier) ?? ''));
    if (!module || !driver) return [];
    return [
      review(
        'Routes and database are mixed: neither can be changed or tested alone.',
        'Move the questions to the database into a file of their own that the routes call.',
        proofOf(module, driver.node),
      ),
    ];
  });
}

function longFiles(repository: Repository): RuleFinding[] {
  return repository.files.flatMap(({ path, role, size }) => {
    if (role !== 'source' || size < mostLines * 10) return [];
    const lines = (repository.read(path) ?? '').split('\n').length;
    if (lines <= mostLines || isData(repository, path)) return [];
    return [
      review(
        `One file of ${lines} lines: nobody reads it whole before changing it.`,
        'Split it by what its parts are for.',
        { where: { path } },
        path,
      ),
    ];
  });
}

/** Lists of things are long by nature: most of the file is literals. */
function isData(repository: Repository, path: string): boolean {
  const mayHoldLists = /^\s*(?:export\s+)?(?:const|let|var)\s[^=\n]*=\s*[[{]/m.test(repository.read(path) ?? '');
  const module = mayHoldLists ? repository.module(path) : undefined;
  if (!module) return false;
  const { body } = module.tree.program;
  const literals = body.flatMap((statement) => {
    const declared = statement.type === 'ExportNamedDeclaration' ? statement.declaration : statement;
    return declared?.type === 'VariableDeclaration' ? declared.declarations.map(({ init }) => init) : [];
  });
  const lines = literals.map((node) => {
    if (!node || !/^(?:Array|Object)Expression$/.test(node.type)) return 0;
    const { first, last } = linesOf(module, node);
    return last - first;
  });
  const end = body.at(-1);
  return end !== undefined && lines.reduce((sum, count) => sum + count, 0) > 0.7 * linesOf(module, end).last;
}

/** Each circle of imports once, by the import that closes it. */
function circles(repository: Repository): RuleFinding[] {
  const targets = new Map<string, readonly { readonly to: string; readonly line: number }[]>();
  for (const { path, role } of repository.files) {
    const module =
      role === 'source' && /\bimport\b|\brequire\b/.test(repository.read(path) ?? '')
        ? repository.module(path)
        : undefined;
    if (!module) continue;
    const taken = importsOf(module).filter(({ typeOnly, kind }) => !typeOnly && kind !== 'dynamic');
    targets.set(
      path,
      taken.flatMap((entry) => {
        const to = resolveImport(repository, path, entry.specifier);
        const counts = to !== undefined && to !== path && !takesTypesOnly(repository, to, entry);
        return counts ? [{ to, line: placeOf(module, entry.node).line ?? 1 }] : [];
      }),
    );
  }
  const closing = new Map<string, (typeof found)[number]>();
  const found = closingImports(targets);
  for (const circle of found) if (!closing.has(circle.to)) closing.set(circle.to, circle);
  return [...closing.values()].map(({ from, to, line }) =>
    review(
      `${from} and ${to} need each other: which one starts first decides what works.`,
      'Move what both need into a third file.',
      { where: { path: from, line } },
      `${from} ${to}`,
    ),
  );
}

/** TypeScript leaves out an import of which only types are taken. */
function takesTypesOnly(repository: Repository, path: string, { names }: Import): boolean {
  const target = repository.module(path);
  if (!target || names.length === 0) return false;
  return names.every(({ imported }) => {
    const given = exportsOf(target).names.get(imported);
    return given?.kind === 'here' && /^TS(?:Interface|TypeAlias)/.test(given.node.type);
  });
}

/** Imports that lead back to a file from which they were reached; without recursion, as chains may be long. */
function closingImports(
  targets: ReadonlyMap<string, readonly { readonly to: string; readonly line: number }[]>,
): { from: string; to: string; line: number }[] {
  const closing: { from: string; to: string; line: number }[] = [];
  const done = new Set<string>();
  for (const start of targets.keys()) {
    const open = new Set<string>();
    const stack: { path: string; next: number }[] = [{ path: start, next: 0 }];
    for (let top = stack.at(-1); top; top = stack.at(-1)) {
      if (done.has(top.path)) {
        stack.pop();
        continue;
      }
      open.add(top.path);
      const edge = targets.get(top.path)?.[top.next++];
      if (!edge) {
        done.add(top.path);
        open.delete(top.path);
        stack.pop();
      } else if (open.has(edge.to)) closing.push({ from: top.path, ...edge });
      else stack.push({ path: edge.to, next: 0 });
    }
  }
  return closing;
}

function review(
  message: string,
  remedy: string,
  proof: { readonly where: { path: string; line?: number }; readonly evidence?: string },
  key?: string,
): RuleFinding {
  return { verdict: 'fail', message, remedy, confidence: 'review', ...proof, ...(key !== undefined && { key }) };
}
