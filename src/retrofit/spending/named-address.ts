import type { Node } from '@babel/types';
import { definitionOf } from '../../code/bindings.ts';
import { unwrapped } from '../../code/calls.ts';
import type { Module } from '../../code/module.ts';
import type { Repository } from '../../repository/repository.ts';
import { serviceOfAddress, type PaidService } from './paid-services.ts';

/** The paid service whose address a name stands for: `fetch(API_URL)`, `config.url`, also where it only stands in (`process.env.URL || '…'`). */
export function serviceNamed(repository: Repository, module: Module, node: Node): PaidService | undefined {
  const found = definitionOf(repository, module, node);
  return found?.kind === 'code' && found.node !== node ? serviceIn(found.node) : undefined;
}

function serviceIn(node: Node): PaidService | undefined {
  const plain = unwrapped(node);
  switch (plain.type) {
    case 'StringLiteral':
      return serviceOfAddress(plain.value);
    case 'TemplateLiteral':
      return serviceOfAddress(plain.quasis[0]?.value.cooked ?? '');
    case 'BinaryExpression':
      return serviceIn(plain.left);
    case 'LogicalExpression':
      return serviceIn(plain.left) ?? serviceIn(plain.right);
    case 'ConditionalExpression':
      return serviceIn(plain.consequent) ?? serviceIn(plain.alternate);
    default:
      return undefined;
  }
}
