import type { Node } from '@babel/types';
import { unwrapped } from '../../code/calls.ts';
import { textOf, type Module } from '../../code/module.ts';
import type { Code } from '../../frameworks/server.ts';
import type { Repository } from '../../repository/repository.ts';
import { isPlaceholder } from '../../secrets/values.ts';
import { valueBehind } from './value-behind.ts';

/** Where the key of a call comes from. Holds the value, so it never leaves this folder but into `.env`. */
export interface KeySource {
  /** What is written in the code; undefined for a stand-in, and where the build puts it in. */
  readonly value?: string;
  /** The variable that the build puts into the page. */
  readonly variable?: string;
  /** The expression that holds the key: a text, or the read of a variable. */
  readonly holder: Code;
}

const scheme = /^(?:Bearer|Token|Key|Basic)\s+/i;

/** Where an expression gets a key from that belongs to the project; undefined for one that a visitor brings. */
export function keySourceOf(repository: Repository, module: Module, node: Node, steps = 8): KeySource | undefined {
  const plain = unwrapped(node);
  const holder = { module, node: plain };
  if (steps === 0) return undefined;
  const variable = variableOf(module, plain);
  if (variable !== undefined) return { variable, holder };
  switch (plain.type) {
    case 'StringLiteral':
      return written(plain.value, holder);
    case 'TemplateLiteral': {
      const [only, more] = plain.expressions;
      if (!only) return written(plain.quasis[0]?.value.cooked ?? '', holder);
      const around = plain.quasis.map(({ value }) => value.raw).join('');
      return !more && around.replace(/^(?:Bearer|Token|Key|Basic) +/i, '') === ''
        ? keySourceOf(repository, module, only, steps - 1)
        : undefined;
    }
    case 'BinaryExpression': {
      const isScheme = plain.left.type === 'StringLiteral' && plain.left.value.replace(/^\w+\s+/, '') === '';
      return plain.operator === '+' && isScheme ? keySourceOf(repository, module, plain.right, steps - 1) : undefined;
    }
    case 'LogicalExpression': {
      const [left, right] = [plain.left, plain.right].map((side) => keySourceOf(repository, module, side, steps - 1));
      if (!left || plain.operator === '&&') return undefined;
      const value = left.value ?? right?.value;
      return { ...left, ...(value !== undefined && { value }), holder };
    }
    case 'Identifier':
    case 'MemberExpression':
    case 'OptionalMemberExpression': {
      const behind = valueBehind(repository, module, plain);
      return behind && keySourceOf(repository, behind.module, behind.node, steps - 1);
    }
    default:
      return undefined;
  }
}

/** `import.meta.env.VITE_KEY`, `process.env.REACT_APP_KEY`: in a page, the build has put the value there. */
function variableOf(module: Module, node: Node): string | undefined {
  if (!node.type.endsWith('MemberExpression')) return undefined;
  return /^(?:process\.env|import\.meta\.env)(?:\?\.|\.|\[\s*['"])(\w+)(?:['"]\s*\])?$/.exec(textOf(module, node))?.[1];
}

function written(text: string, holder: Code): KeySource | undefined {
  const value = text.trim().replace(scheme, '');
  if (isPlaceholder(value) || /^(?:your|my|insert|replace|put)[\s_-]/i.test(value)) return { holder };
  return /^[\w\-.:~+/=]{12,}$/.test(value) ? { value, holder } : undefined;
}
