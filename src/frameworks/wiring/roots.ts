import { resolveImport } from '../../code/imports.ts';
import { isCode } from '../../code/parse.ts';
import type { Repository } from '../../repository/repository.ts';

/** Packages that serve HTTP, as a module names them. */
const servers =
  /['"`](?:node:)?(?:express|express-promise-router|router|fastify|hono|koa|koa-router|@koa\/router|https?|http2|@hono\/[\w-]+|@fastify\/[\w-]+|hono\/[\w-]+)['"`]/;
const specifier = /(?:\bfrom|\bimport|\brequire\s*\(|\bimport\s*\()\s*['"`]([^'"`\n]+)['"`]/g;

/**
 * The modules to begin with: those that lead to code that serves HTTP, and that no other one leads to. Read from the texts, because parsing all
 * of a large repository would take longer than everything else.
 */
export function rootsOf(repository: Repository): readonly string[] {
  const importers = new Map<string, Set<string>>();
  const seeds: string[] = [];
  for (const { path, role } of repository.files) {
    if (role !== 'source' || !isCode(path)) continue;
    const text = repository.read(path);
    if (text === undefined) continue;
    if (servers.test(text)) seeds.push(path);
    for (const [, name = ''] of text.matchAll(specifier)) {
      const target = resolveImport(repository, path, name);
      if (target === undefined || target === path) continue;
      importers.set(target, (importers.get(target) ?? new Set()).add(path));
    }
  }
  const leading = new Set(seeds);
  for (const path of leading) for (const importer of importers.get(path) ?? []) leading.add(importer);
  const roots = [...leading].filter(
    (path) => ![...(importers.get(path) ?? [])].some((importer) => leading.has(importer)),
  );
  return [...new Set([...roots, ...seeds])];
}
