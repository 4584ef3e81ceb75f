// Keeps the house in order: imports go from routes to services to data and never back, never in circles, and one file starts one server.
import { globSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path/posix';
import { expect, test } from 'vitest';

/** What the files of a folder may import beside each other. */
const allowed: Readonly<Record<string, readonly string[]>> = {
  main: ['app', 'guardrails'],
  app: ['routes', 'guardrails'],
  routes: ['services', 'schemas', 'guardrails'],
  services: ['data', 'schemas', 'guardrails'],
  data: ['schemas', 'guardrails'],
  schemas: [],
  guardrails: ['data'],
};
const webFrameworks = /^(?:hono|express|fastify|@hono\/.+|@fastify\/.+|node:https?|node:http2)$/;
const databaseDrivers = /^(?:node:sqlite|better-sqlite3|pg|mysql2|mongodb|kysely|drizzle-orm.*)$/;
const startsServer = /(?<!function )\b(?:serve|createServer|createSecureServer)\(|\.listen\(/g;

const files = globSync('src/**/*.ts').map((path) => path.replaceAll('\\', '/'));
const sources = new Map(files.map((path) => [path, readFileSync(path, 'utf8')]));
const imports = new Map(files.map((path) => [path, importsOf(path)]));

test('there is something to check', () => {
  expect(files).toContain('src/main.ts');
  expect([...imports.values()].flat().filter((name) => sources.has(name)).length).toBeGreaterThan(files.length / 2);
});

test('imports go from routes to services to data, and never back', () => {
  const crossings = edges().filter(([from, to]) => roomOf(from) !== roomOf(to));
  expect(crossings.filter(([from, to]) => !allowed[roomOf(from)]?.includes(roomOf(to)))).toEqual([]);
});

test('no imports in circles', () => {
  expect(files.flatMap((path) => circleThrough(path, [])).slice(0, 1)).toEqual([]);
});

test('only data knows the database, and neither services nor data know the web framework', () => {
  for (const room of ['services', 'data', 'schemas'])
    expect(importsIn(room).filter((name) => webFrameworks.test(name))).toEqual([]);
  for (const room of ['main', 'app', 'routes', 'services', 'schemas'])
    expect(importsIn(room).filter((name) => databaseDrivers.test(name))).toEqual([]);
});

test('src/main.ts starts one server; no other file starts any', () => {
  const starts = files.map((path) => [path, sources.get(path)?.match(startsServer)?.length ?? 0] as const);
  // The frame starts servers for tests: it exports `listen`, and nothing in src calls it.
  const others = starts.filter(([path, count]) => count > 0 && path !== 'src/guardrails/framework.ts');
  expect(others).toEqual([['src/main.ts', 1]]);
  expect(edges().filter(([, to]) => to === 'src/main.ts')).toEqual([]);
  expect([...sources.values()].filter((text) => /import[^;]*\blisten\b[^;]*framework\.ts/.test(text))).toEqual([]);
});

/** `src/routes/expenses.ts` is in the room `routes`, `src/app.ts` in `app`. */
function roomOf(path: string): string {
  return path.split('/')[1]?.replace(/\.ts$/, '') ?? path;
}

function importsIn(room: string): string[] {
  return files.filter((path) => roomOf(path) === room).flatMap((path) => imports.get(path) ?? []);
}

/** Who imports whom, among the files of src. */
function edges(): [from: string, to: string][] {
  return files.flatMap((from) =>
    (imports.get(from) ?? []).filter((to) => sources.has(to)).map((to): [string, string] => [from, to]),
  );
}

/** The imported files and packages; what is imported as a type only does not exist when the app runs. */
function importsOf(path: string): string[] {
  const text = sources.get(path)?.replace(/^\s*\/[/*].*$/gm, '') ?? '';
  const found = text.matchAll(
    /\b(?:import|export)\s(?!type\b)[^;'"]*?from\s*['"]([^'"]+)['"]|\bimport\s*\(?\s*['"]([^'"]+)['"]/g,
  );
  const names = [...found].map(([, from, alone]) => from ?? alone ?? '');
  return names.map((name) => (name.startsWith('.') ? join(dirname(path), name) : name));
}

/** The way back to a file that is already on the way, if there is one. */
function circleThrough(path: string, way: readonly string[]): string[] {
  if (way.includes(path)) return [[...way.slice(way.indexOf(path)), path].join(' -> ')];
  for (const next of imports.get(path) ?? []) {
    const circle = sources.has(next) ? circleThrough(next, [...way, path]) : [];
    if (circle.length > 0) return circle;
  }
  return [];
}
