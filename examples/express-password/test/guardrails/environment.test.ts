// Shows that only src/guardrails/config.ts reads the environment, however the code spells it.
import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { child, isCode, lineAt, type Node, nodesOf } from './syntax.ts';

/** `scripts/dev.ts` hands the environment on to the app that it starts. */
const readers = ['src/guardrails/config.ts', 'scripts/dev.ts', 'scripts/secrets/environment.ts'];

test('the environment is read in one place', () => {
  const files = ['src', 'scripts'].flatMap(filesIn).filter((path) => isCode(path) && !readers.includes(path));
  expect(files).not.toHaveLength(0);
  const reads = files.flatMap((path) => environmentReads(path, readFileSync(path, 'utf8')));
  expect(reads, 'declare it in src/guardrails/settings.ts and use config.NAME').toEqual([]);
});

describe('every spelling is seen', () => {
  test.each([
    'process.env.KEY',
    'process?.env?.KEY',
    "process['env'].KEY",
    'process[`env`].KEY',
    'const { env } = process',
    'const { env: { KEY } } = process',
    'const p = process; p.env.KEY',
    "Reflect.get(process, 'env')",
    'Object.entries(process)',
    'globalThis.process.env.KEY',
    "globalThis['process'].env.KEY",
    "const name = 'process'; globalThis[name].env.KEY",
    'const { process: p } = globalThis',
    "import { env } from 'node:process'",
    "import process from 'process'",
    "const { env } = await import('node:process')",
    "const { env } = require('process')",
    "process.getBuiltinModule('process').env",
    'import.meta.env.KEY',
  ])('%s', (code) => expect(environmentReads('sample.ts', code)).not.toEqual([]));
});

test('other uses of process are fine', () => {
  const code = "process.exit(1); process.on('SIGTERM', () => {}); // process.env.KEY\nconst text = 'process.env.KEY';";
  expect(environmentReads('sample.ts', code)).toEqual([]);
});

function filesIn(folder: string): string[] {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => `${entry.parentPath}/${entry.name}`.replaceAll('\\', '/'));
}

/** Where a file reads the environment, or could: `process` may only be used as `process.name`, and never be handed on. */
function environmentReads(path: string, code: string): string[] {
  const suspects = nodesOf(path, code).filter(
    (node) => isProcess(node) || isProcessModule(node) || isHiddenAccess(node),
  );
  return suspects.map((node) => `${path}:${lineAt(code, node.start)} reads the environment`);
}

function isProcess(node: Node): boolean {
  if (node.type !== 'Identifier' || node.name !== 'process') return false;
  const { parent } = node;
  if (parent?.type === 'MemberExpression' && same(child(parent, 'object'), node))
    return parent.computed === true || child(parent, 'property')?.name === 'env';
  return true;
}

/** The module `process`, as an import or a call; any text `node:process`. */
function isProcessModule(node: Node): boolean {
  if (node.type !== 'Literal' && node.type !== 'TemplateElement') return false;
  return node.value === 'node:process' || (node.value === 'process' && node.parent?.type !== 'Property');
}

/** `globalThis[anything]`, and the environment that bundlers put into `import.meta`. */
function isHiddenAccess(node: Node): boolean {
  if (node.type !== 'MemberExpression') return false;
  const object = child(node, 'object');
  if (object?.type === 'MetaProperty') return child(node, 'property')?.name === 'env';
  return node.computed === true && (object?.name === 'globalThis' || object?.name === 'global');
}

function same(one: Node | undefined, other: Node): boolean {
  return one?.start === other.start && one.type === other.type;
}
