import type { Node } from '@babel/types';
import type { Module } from '../../code/module.ts';
import { parentsOf } from '../../code/scopes.ts';
import { walk } from '../../code/walk.ts';
import type { Place } from '../../repository/place.ts';
import type { Sighting } from '../finding.ts';
import { literalOf } from '../literal.ts';

/** A credential in code that can become a read. Holds the value, so it never leaves this folder. */
export interface Target {
  readonly module: Module;
  readonly where: Place;
  readonly sighting: Sighting;
  /** The literal, or the expression that always gives the same text. */
  readonly node: Node;
  /** What the program is given at run time: all of the literal, or only the part that is secret. */
  readonly value: string;
  /** True for a stand-in that somebody named: it is no secret, and nothing is lost with it. */
  readonly standsIn: boolean;
  /** The part of the literal that goes; undefined where all of it does. */
  readonly part: { readonly start: number; readonly end: number } | undefined;
}

/** Why a credential in code stays where it is. */
export interface Stays {
  readonly why: string;
}

const whole: ReadonlySet<string> = new Set(['StringLiteral', 'TemplateLiteral', 'BinaryExpression', 'CallExpression']);

/** Reads what a sighting stands in. */
export function targetOf(module: Module, where: Place, sighting: Sighting, standsIn: boolean): Target | Stays {
  const node = holderOf(module, sighting);
  if (!node) return { why: 'it stands in a comment: delete it there' };
  if (!whole.has(node.type)) return { why: 'it stands where the language allows no expression' };
  const literal = literalOf(node);
  const token = withoutScheme(sighting);
  const given = literal && valueOf(literal.value, token, module, node);
  if (given !== undefined) return { module, where, sighting, node, standsIn, value: given, part: undefined };
  const part = partOf(module, node, token);
  return 'why' in part ? part : { module, where, sighting, node, standsIn, ...part };
}

/** `Bearer abc` is a word and a token. */
function withoutScheme({ start, end, value }: Sighting): { start: number; end: number; value: string } {
  const [scheme = ''] = /^(?:Bearer|Basic|Token|Bot) +/i.exec(value) ?? [];
  return { start: start + scheme.length, end, value: value.slice(scheme.length) };
}

/** The whole text where it is the secret, or a link that holds it. */
function valueOf(text: string, token: { readonly value: string }, module: Module, node: Node): string | undefined {
  if (text === token.value || /^\s*-----BEGIN [^]*-----END [A-Z ]+-----\s*$/.test(text)) return text;
  const joined = parentsOf(module).get(node)?.type === 'BinaryExpression' && node.type !== 'BinaryExpression';
  const link =
    /^[a-z][a-z0-9+.-]*:\/\/\S+$/i.test(text) || /(?:^|;)\s*(?:AccountKey|SharedAccessKey|Password|Pwd)=/i.test(text);
  const compared = joined && /^[!=]=/.test((parentsOf(module).get(node) as { operator?: string }).operator ?? '');
  const longer = !/\s|:\/\//.test(text) && isInToken(text, token.value);
  return (link || longer) && (!joined || compared) ? text : undefined;
}

function partOf(
  module: Module,
  node: Node,
  { start, end, value }: { readonly start: number; readonly end: number; readonly value: string },
): Pick<Target, 'value' | 'part'> | Stays {
  const written = module.text.slice(start, end);
  const literal = module.text.slice(node.start ?? 0, node.end ?? 0);
  if (parentsOf(module).get(node)?.type === 'TaggedTemplateExpression')
    return { why: 'it stands in a tagged template, whose tag would be given something else' };
  if (node.type !== 'StringLiteral' && node.type !== 'TemplateLiteral')
    return { why: 'it is put together from several pieces' };
  if (written !== value || written.includes('\\')) return { why: 'it is written with escapes' };
  if (/<\/?[a-z][\w-]*(?:\s[^<>]*)?>/i.test(literal)) return { why: 'it stands in a page that is sent to the browser' };
  if (
    /\b(?:insert\s+into|values\s*\(|select\b[^]*\bfrom|update\b[^]*\bset|(?:create|alter)\s+(?:user|role))\b/i.test(
      literal,
    )
  )
    return { why: 'it is a part of a database statement: hand it over as a parameter' };
  return { value, part: { start, end } };
}

/** True for a token of which the search has seen a piece. */
function isInToken(text: string, piece: string): boolean {
  const at = text.indexOf(piece);
  return at !== -1 && /^[\w.-]*$/.test(text.slice(0, at) + text.slice(at + piece.length));
}

/** The innermost node around a sighting; undefined in a comment. */
function holderOf({ tree }: Module, { start, end }: Sighting): Node | undefined {
  if ((tree.comments ?? []).some((comment) => (comment.start ?? 0) <= start && (comment.end ?? 0) >= end))
    return undefined;
  let found: Node = tree.program;
  walk(tree.program, (node) => {
    if ((node.start ?? 0) > start || (node.end ?? 0) < end) return 'skip';
    if (node.type !== 'TemplateElement') found = node;
    return undefined;
  });
  return found;
}
