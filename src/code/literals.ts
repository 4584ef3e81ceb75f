import type { Node } from '@babel/types';
import type { Repository } from '../repository/repository.ts';
import { definitionOf } from './bindings.ts';
import { unwrapped } from './calls.ts';
import type { Module } from './module.ts';
import { declarationOf } from './scopes.ts';

/**
 * The text that an expression always has: literals, templates, concatenation, constants (also of other files), properties of constant objects.
 * Undefined when it is no text or depends on anything that happens.
 */
export function textValueOf(repository: Repository, module: Module, node: Node, steps = 20): string | undefined {
  if (steps <= 0) return undefined;
  const plain = unwrapped(node);
  if (plain.type === 'StringLiteral') return plain.value;
  if (plain.type === 'NumericLiteral') return String(plain.value);
  if (plain.type === 'TemplateLiteral') {
    const parts = plain.quasis.map(({ value }, index) => {
      const expression = plain.expressions[index];
      const inside = expression ? textValueOf(repository, module, expression, steps - 1) : '';
      return inside === undefined ? undefined : (value.cooked ?? value.raw) + inside;
    });
    return parts.includes(undefined) ? undefined : parts.join('');
  }
  if (plain.type === 'BinaryExpression' && plain.operator === '+') {
    const left = textValueOf(repository, module, plain.left, steps - 1);
    const right = left === undefined ? undefined : textValueOf(repository, module, plain.right, steps - 1);
    return left === undefined || right === undefined ? undefined : left + right;
  }
  return ofConstant(repository, module, plain, steps);
}

function ofConstant(repository: Repository, module: Module, node: Node, steps: number): string | undefined {
  if (node.type !== 'Identifier' && node.type !== 'MemberExpression' && node.type !== 'OptionalMemberExpression')
    return undefined;
  if (node.type === 'Identifier' && declarationOf(module, node, node)?.constant === false) return undefined;
  const definition = definitionOf(repository, module, node);
  if (definition?.kind !== 'code' || definition.node === node) return undefined;
  return textValueOf(repository, definition.module, definition.node, steps - 1);
}
