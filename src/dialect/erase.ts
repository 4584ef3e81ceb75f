import type { Node } from '@babel/types';
import { walk } from '../code/walk.ts';
import { NotInDialect } from './not-in-dialect.ts';
import { lean, type Casting } from './parentheses.ts';
import type { TypedProgram } from './parse-typed.ts';
import type { Span } from './spans.ts';
import { wholeStatement } from './statements.ts';

type Place = Pick<Span, 'start' | 'end'>;

/** What has to go so that only JavaScript is left. Imports and exports are for `modules.ts` and `common-js.ts`. */
export function erasures({ file }: TypedProgram, text: string): Span[] {
  const spans: Span[] = [];
  const cut = (start: number, end: number): void => void spans.push({ start, end, text: '' });
  walk(file.program, (node, around) => {
    refuse(node, text);
    const gone = typedStatement(node, around.at(-1));
    if (gone) {
      const { start, end } = wholeStatement(gone, text);
      cut(start, end);
      return 'skip';
    }
    if (isTypeOnly(node)) {
      cut(...withMark(node, text));
      return 'skip';
    }
    if (isCasting(node)) spans.push(...lean(node, around, text));
    if (node.type === 'Identifier' && node.name === 'this' && node.typeAnnotation) {
      cut(node.start!, afterComma(node.end!, text));
      return 'skip';
    }
    if (isMember(node)) for (const word of modifiersOf(node, text)) cut(word.start, word.end);
    if (isClass(node) && node.implements?.length) {
      const last = node.implements.at(-1)!;
      cut(text.lastIndexOf('implements', node.implements[0]!.start!) - 1, last.end!);
      return;
    }
    return undefined;
  });
  return spans;
}

const notErasable: Partial<Record<Node['type'], string>> = {
  TSEnumDeclaration: 'an enum is more than a type; write a constant object',
  TSModuleDeclaration: 'a namespace is more than a type',
  TSParameterProperty: 'a parameter property is more than a type; write the field and its assignment',
  TSImportEqualsDeclaration: 'write a plain import',
  TSExportAssignment: 'write a named export',
  Decorator: 'decorators are no plain JavaScript yet',
};

function refuse(node: Node, text: string): void {
  const reason = notErasable[node.type];
  if (reason !== undefined) throw new NotInDialect(reason, text, node.start!);
}

/** A statement or class member that is nothing but types. */
function typedStatement(node: Node, parent: Node | undefined): Node | undefined {
  const isTyped =
    [
      'TSInterfaceDeclaration',
      'TSTypeAliasDeclaration',
      'TSDeclareFunction',
      'TSDeclareMethod',
      'TSIndexSignature',
    ].includes(node.type) ||
    ('declare' in node && node.declare === true);
  if (node.type === 'ExportNamedDeclaration' && node.exportKind === 'type') return node;
  if (!isTyped) return undefined;
  return parent?.type === 'ExportNamedDeclaration' ? parent : node;
}

function isTypeOnly(node: Node): boolean {
  return ['TSTypeAnnotation', 'TSTypeParameterDeclaration', 'TSTypeParameterInstantiation'].includes(node.type);
}

function isCasting(node: Node): node is Casting {
  return ['TSAsExpression', 'TSSatisfiesExpression', 'TSNonNullExpression'].includes(node.type);
}

function isMember(node: Node): node is Extract<Node, { type: 'ClassProperty' | 'ClassMethod' }> {
  return node.type === 'ClassProperty' || node.type === 'ClassMethod';
}

function isClass(node: Node): node is Extract<Node, { type: 'ClassDeclaration' | 'ClassExpression' }> {
  return node.type === 'ClassDeclaration' || node.type === 'ClassExpression';
}

/** A question mark or exclamation mark in front of a type goes with it. */
function withMark({ start, end }: Node, text: string): [number, number] {
  return [/[?!]/.test(text[start! - 1] ?? '') ? start! - 1 : start!, end!];
}

function afterComma(end: number, text: string): number {
  return end + (/^,\s*/.exec(text.slice(end))?.[0].length ?? 0);
}

/** `readonly`, `override` and the like, in front of the name of a class member. */
function modifiersOf(member: Extract<Node, { type: 'ClassProperty' | 'ClassMethod' }>, text: string): Place[] {
  const head = text.slice(member.start!, member.key.start!);
  return [...head.matchAll(/\b(?:public|private|protected|readonly|override|abstract)\s+/g)].map(
    ({ 0: word, index }) => ({
      start: member.start! + index,
      end: member.start! + index + word.length,
    }),
  );
}
