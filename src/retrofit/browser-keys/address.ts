import type { Node } from '@babel/types';
import { definitionOf } from '../../code/bindings.ts';
import { unwrapped } from '../../code/calls.ts';
import type { Module } from '../../code/module.ts';
import type { Code } from '../../frameworks/server.ts';
import type { Repository } from '../../repository/repository.ts';
import { providerAt, type Provider } from './providers.ts';

/** An address of a paid service, as the code puts it together. */
export interface Address {
  readonly provider: Provider;
  /** The path that is asked for; with a star where a part of it is not known. */
  readonly path: string;
  /** The text that begins with scheme and host. */
  readonly head: Code;
  /** Every text, template and sum that the address is put together from. */
  readonly pieces: readonly Code[];
}

interface Text {
  readonly text: string;
  readonly pieces: readonly Code[];
}

const unknown = '\0';

/** The address of a paid service that an expression gives; undefined for any other. */
export function addressOf(repository: Repository, module: Module, node: Node): Address | undefined {
  const { text, pieces } = textAt(repository, module, node, 8);
  const provider = providerAt(text.split(/[?#\0]/)[0] ?? '');
  const head = provider && pieces.find((piece) => beginsWith(piece, provider.origin));
  if (!provider || !head) return undefined;
  const rest = text.slice(provider.origin.length).split(/[?#]/)[0] ?? '';
  const at = rest.indexOf(unknown);
  const path = at === -1 ? rest.replace(/\/+$/, '') : `${rest.slice(0, rest.lastIndexOf('/', at))}/*`;
  return { provider, path, head, pieces };
}

function textAt(repository: Repository, module: Module, node: Node, steps: number): Text {
  const plain = unwrapped(node);
  const nothing: Text = { text: unknown, pieces: [] };
  if (steps === 0) return nothing;
  const join = (parts: readonly Text[], own: readonly Code[]): Text => ({
    text: parts.map(({ text }) => text).join(''),
    pieces: [...own, ...parts.flatMap(({ pieces }) => pieces)],
  });
  if (plain.type === 'StringLiteral') return { text: plain.value, pieces: [{ module, node: plain }] };
  if (plain.type === 'TemplateLiteral') {
    const parts = plain.quasis.flatMap(({ value }, at): Text[] => {
      const expression = plain.expressions[at];
      const own = { text: value.cooked ?? value.raw, pieces: [] };
      return expression ? [own, textAt(repository, module, expression, steps - 1)] : [own];
    });
    return join(parts, [{ module, node: plain }]);
  }
  if (plain.type === 'BinaryExpression' && plain.operator === '+')
    return join(
      [plain.left, plain.right].map((side) => textAt(repository, module, side, steps - 1)),
      [{ module, node: plain }],
    );
  if (plain.type !== 'Identifier' && !plain.type.endsWith('MemberExpression')) return nothing;
  const found = definitionOf(repository, module, plain);
  return found?.kind === 'code' && found.node !== plain
    ? textAt(repository, found.module, found.node, steps - 1)
    : nothing;
}

/** Whether a text is written as it is, with no escape, and begins with this. */
function beginsWith({ module, node }: Code, origin: string): boolean {
  const isText = node.type === 'StringLiteral' || node.type === 'TemplateLiteral';
  return isText && module.text.startsWith(origin, (node.start ?? 0) + 1);
}
