export { resolveImport } from './resolve.ts';
import type { Node, ObjectPattern } from '@babel/types';
import { isCall, keyNameOf, unwrapped } from './calls.ts';
import type { Module } from './module.ts';
import { walk } from './walk.ts';

/** One thing that a module takes from another one. */
export interface Import {
  /** As it is written: `./db.js`, `express`, `@/models`. */
  readonly specifier: string;
  readonly kind: 'import' | 'require' | 'dynamic' | 're-export';
  /** What is taken: `imported` is a name, `default`, or `*` for all of it (what `require` gives); `local` is what it is called here. */
  readonly names: readonly { readonly imported: string; readonly local: string }[];
  /** True for `import type`: nothing of it is there at run time. */
  readonly typeOnly: boolean;
  readonly node: Node;
}

const known = new WeakMap<Module, readonly Import[]>();

/** Everything that a module imports, in the order of the text. A specifier that is not written out is left out. */
export function importsOf(module: Module): readonly Import[] {
  const imports = known.get(module) ?? readImports(module);
  known.set(module, imports);
  return imports;
}

/** The name of the package that a specifier belongs to, without a path inside it; undefined for a file. `node:fs` is `fs`. */
export function packageNameOf(specifier: string): string | undefined {
  if (/^(?:[./#~]|@\/|[a-z]:)/i.test(specifier) && !specifier.startsWith('node:')) return undefined;
  const [first = '', second] = specifier.replace(/^(?:node|npm|bun|jsr):/, '').split('/');
  return first.startsWith('@') ? (second ? `${first}/${second}` : undefined) : first.replace(/(?<=.)@.*$/, '');
}

/** The specifier of a `require('x')` or an `import('x')`. */
export function specifierOf(node: Node): string | undefined {
  const plain = unwrapped(node);
  if (plain.type === 'ImportExpression') return stringOf(plain.source);
  if (!isCall(plain) || plain.callee.type === 'Super') return undefined;
  const { callee } = plain;
  const isRequire = callee.type === 'Identifier' && callee.name === 'require';
  return isRequire || (callee.type as string) === 'Import' ? stringOf(plain.arguments[0]) : undefined;
}

function readImports(module: Module): Import[] {
  const imports: Import[] = [];
  const declared = new Set<Node>();
  walk(module.tree, (node) => {
    if (node.type === 'ImportDeclaration') imports.push(fromDeclaration(node));
    else if (node.type === 'TSImportEqualsDeclaration' && node.moduleReference.type === 'TSExternalModuleReference')
      imports.push(whole('require', node, (node.moduleReference.expression as { value: string }).value, node.id.name));
    else if ((node.type === 'ExportNamedDeclaration' || node.type === 'ExportAllDeclaration') && node.source)
      imports.push({
        specifier: node.source.value,
        kind: 're-export',
        names: [],
        typeOnly: node.exportKind === 'type',
        node,
      });
    else if (node.type === 'VariableDeclarator' && node.init) {
      const taken = fromDeclarator(node.id, node.init);
      if (taken) imports.push({ ...taken.entry, node: taken.source });
      if (taken) declared.add(taken.source);
    } else if ((isCall(node) || node.type === 'ImportExpression') && !declared.has(node)) {
      const specifier = specifierOf(node);
      if (specifier !== undefined) imports.push({ ...bare(kindOf(node), specifier), node });
    }
  });
  return imports;
}

function fromDeclaration(node: Extract<Node, { type: 'ImportDeclaration' }>): Import {
  const names = node.specifiers.map((specifier) => {
    const local = specifier.local.name;
    if (specifier.type === 'ImportDefaultSpecifier') return { imported: 'default', local };
    if (specifier.type === 'ImportNamespaceSpecifier') return { imported: '*', local };
    const { imported } = specifier;
    return { imported: imported.type === 'Identifier' ? imported.name : imported.value, local };
  });
  return { specifier: node.source.value, kind: 'import', names, typeOnly: node.importKind === 'type', node };
}

/** `const x = require('a')`, `const { x, y: z } = await import('a')`, `const x = require('a').x`, `const x = require('a')(...)`. */
function fromDeclarator(id: Node, init: Node): { entry: Omit<Import, 'node'>; source: Node } | undefined {
  const { source, path } = requiredIn(init);
  const specifier = source && specifierOf(source);
  if (!source || specifier === undefined) return undefined;
  const kind = kindOf(source);
  const [member] = path;
  if (id.type === 'Identifier')
    return { source, entry: { ...bare(kind, specifier), names: [{ imported: member ?? '*', local: id.name }] } };
  if (id.type !== 'ObjectPattern' || member !== undefined) return undefined;
  return { source, entry: { ...bare(kind, specifier), names: namesIn(id) } };
}

function requiredIn(init: Node): { source: Node | undefined; path: readonly string[] } {
  const path: string[] = [];
  for (let node = unwrapped(init); ;) {
    if (specifierOf(node) !== undefined) return { source: node, path };
    if (node.type !== 'MemberExpression' || node.property.type !== 'Identifier') return { source: undefined, path };
    path.unshift(node.property.name);
    node = unwrapped(node.object);
  }
}

function namesIn(pattern: ObjectPattern): { imported: string; local: string }[] {
  return pattern.properties.flatMap((property) => {
    if (property.type === 'RestElement') return [];
    const imported = keyNameOf(property);
    const value = property.value.type === 'AssignmentPattern' ? property.value.left : property.value;
    return imported !== undefined && value.type === 'Identifier' ? [{ imported, local: value.name }] : [];
  });
}

function kindOf(node: Node): Import['kind'] {
  return isCall(node) && node.callee.type === 'Identifier' ? 'require' : 'dynamic';
}

function bare(kind: Import['kind'], specifier: string): Omit<Import, 'node'> {
  return { specifier, kind, names: [], typeOnly: false };
}

function whole(kind: Import['kind'], node: Node, specifier: string, local: string): Import {
  return { specifier, kind, names: [{ imported: '*', local }], typeOnly: false, node };
}

function stringOf(node: Node | undefined): string | undefined {
  if (node?.type === 'StringLiteral') return node.value;
  if (node?.type === 'TemplateLiteral' && node.expressions.length === 0)
    return node.quasis[0]?.value.cooked ?? undefined;
  return undefined;
}
