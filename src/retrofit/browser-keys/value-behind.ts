import type { Node } from '@babel/types';
import { definitionOf } from '../../code/bindings.ts';
import { keyNameOf, memberNameOf, objectOf } from '../../code/calls.ts';
import { exportsOf } from '../../code/exports.ts';
import type { Module } from '../../code/module.ts';
import { resolveImport } from '../../code/resolve.ts';
import { declarationOf } from '../../code/scopes.ts';
import type { Code } from '../../frameworks/server.ts';
import type { Repository } from '../../repository/repository.ts';

/** The expression that a name or a member was given, one step back: also where that is the read of a variable, which is made nowhere. */
export function valueBehind(repository: Repository, module: Module, node: Node): Code | undefined {
  const given = node.type === 'Identifier' ? givenTo(repository, module, node) : memberGiven(repository, module, node);
  if (given) return given;
  const found = definitionOf(repository, module, node);
  return found?.kind === 'code' && found.node !== node ? found : undefined;
}

function givenTo(
  repository: Repository,
  module: Module,
  node: Extract<Node, { type: 'Identifier' }>,
): Code | undefined {
  const declared = declarationOf(module, node, node);
  if (declared?.kind === 'variable' && declared.path.length === 0 && declared.from)
    return { module, node: declared.from };
  if (declared?.kind !== 'import' || declared.from?.type !== 'ImportDeclaration') return undefined;
  const specifier = declared.from.specifiers.find(({ local }) => local.name === node.name);
  const file = resolveImport(repository, module.path, declared.from.source.value);
  const target = file === undefined ? undefined : repository.module(file);
  if (!target || !specifier || specifier.type === 'ImportNamespaceSpecifier') return undefined;
  const name = specifier.type === 'ImportSpecifier' ? keyNameOf({ key: specifier.imported }) : 'default';
  const found = exportsOf(target).names.get(name ?? '');
  return found?.kind === 'here' ? { module: target, node: found.node } : undefined;
}

/** `config.key` */
function memberGiven(repository: Repository, module: Module, node: Node): Code | undefined {
  const name = memberNameOf(node);
  const object = objectOf(node);
  const found = object && definitionOf(repository, module, object);
  if (name === undefined || found?.kind !== 'code' || found.node.type !== 'ObjectExpression') return undefined;
  const property = found.node.properties.find((each) => each.type === 'ObjectProperty' && keyNameOf(each) === name);
  return property?.type === 'ObjectProperty' ? { module: found.module, node: property.value } : undefined;
}
