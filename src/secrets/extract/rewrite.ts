import type { Node } from '@babel/types';
import type { SpanEdit } from '../../code/edit/spans.ts';
import { parentsOf } from '../../code/scopes.ts';
import { wrapped } from './absence.ts';
import { envNameOf } from './env-read.ts';
import type { Slot } from './slot.ts';
import type { Target } from './target.ts';

/** How a setting is read in one file. */
export interface Read {
  /** The expression: `process.env.NAME`, `config.name`. */
  readonly text: string;
  /** True where it always gives a text: the program does not start without it. */
  readonly always?: boolean;
}

/** The edits that let one credential be read. */
export function rewritten(target: Target, slot: Slot, name: string, read: Read): readonly SpanEdit[] {
  const why = `reads ${name} from the environment`;
  switch (slot.kind) {
    case 'fallback':
      return [withoutFallback(target, slot, read)];
    case 'default':
      return [
        {
          start: endOf(slot.kept),
          end: endOf(slot.all),
          text: '',
          why: `${slot.name} has no value in the code any more`,
          within: spanOf(slot.all),
        },
      ];
    case 'argument':
      return [
        {
          start: endOf(slot.kept),
          end: endOf(slot.all),
          text: '',
          why: `${slot.name} has no value in the code any more`,
          ...(slot.all !== target.node && { within: spanOf(slot.all) }),
        },
      ];
    case 'entry':
      return [{ start: slot.start, end: slot.end, text: '', why: `${slot.name} has no value in the code any more` }];
    case 'assigned':
      return [
        { ...lineOf(target.module.text, slot.statement), text: '', why: `${slot.name} comes from outside the code` },
      ];
    case 'compared':
      return read.always ? [valueRead(target, read, why)] : compared(target, slot, read, why);
    default:
      return [valueRead(target, read, why)];
  }
}

/** TypeScript takes a variable of the environment for perhaps missing. */
function isTyped({ module }: Target): boolean {
  return /\.[cm]?tsx?$/.test(module.path);
}

function withoutFallback(
  target: Target,
  { all, kept, name }: Extract<Slot, { kind: 'fallback' }>,
  read: Read,
): SpanEdit {
  const { text } = target.module;
  const why = `${name} has no value in the code any more`;
  const direct = envNameOf(target.module, kept) === name;
  if (read.always && direct) return { ...spanOf(all), text: read.text, why };
  const sure = isTyped(target) ? '!' : '';
  if (all.type === 'ConditionalExpression')
    return { ...spanOf(all), text: text.slice(startOf(kept), endOf(kept)) + sure, why };
  const gap = text.slice(endOf(kept), startOf(target.node));
  const closers = gap.slice(0, Math.max(gap.lastIndexOf('||'), gap.lastIndexOf('??'))).trimEnd();
  return { start: endOf(kept) + closers.length, end: endOf(all), text: sure, why, within: spanOf(all) };
}

/** Where nothing is set, nothing is equal to it: two missing things are not the same. */
function compared(target: Target, { all }: Extract<Slot, { kind: 'compared' }>, read: Read, why: string): SpanEdit[] {
  const value = valueRead(target, read, why);
  const [head, tail] = wrapped(target.module, all, read.text);
  return [...(head ? [head] : []), { ...value, within: spanOf(all) }, ...(tail ? [tail] : [])];
}

function valueRead(target: Target, read: Read, why: string): SpanEdit {
  const { module, node, part } = target;
  const { text } = module;
  const [start, end] = [startOf(node), endOf(node)];
  const inAttribute = parentsOf(module).get(node)?.type === 'JSXAttribute';
  if (part && node.type === 'TemplateLiteral') return { ...part, text: `\${${read.text}}`, why, within: spanOf(node) };
  if (part) {
    const before = inTemplate(text.slice(start + 1, part.start));
    const after = inTemplate(text.slice(part.end, end - 1));
    const made = `\`${before}\${${read.text}}${after}\``;
    return { start, end, text: inAttribute ? `{${made}}` : made, why };
  }
  const sure = !read.always && isTyped(target) && !isCompared(target) ? '!' : '';
  const made = inAttribute ? `{${read.text}}` : `${/[\w$]/.test(text[start - 1] ?? '') ? ' ' : ''}${read.text}${sure}`;
  return { start, end, text: made + (/[\w$]/.test(text[end] ?? '') ? ' ' : ''), why };
}

function isCompared({ module, node }: Target): boolean {
  const parent = parentsOf(module).get(node);
  return parent?.type === 'BinaryExpression' && /^[!=]=/.test(parent.operator);
}

/** What stands in quotes, as it is written between backticks. */
function inTemplate(raw: string): string {
  return raw.replaceAll('`', '\\`').replaceAll('${', '\\${');
}

/** A statement with its line, where it has that for itself. */
function lineOf(text: string, statement: Node): { start: number; end: number } {
  const [start, end] = [startOf(statement), endOf(statement)];
  const lineStart = Math.max(text.lastIndexOf('\n', start - 1), text.lastIndexOf('\r', start - 1)) + 1;
  const rest = /^[ \t]*(?:\r\n|\n|\r|$)/.exec(text.slice(end))?.[0];
  return rest !== undefined && text.slice(lineStart, start).trim() === ''
    ? { start: lineStart, end: end + rest.length }
    : { start, end };
}

function spanOf(node: Node): { start: number; end: number } {
  return { start: startOf(node), end: endOf(node) };
}

function startOf({ start }: Node): number {
  return start ?? 0;
}

function endOf({ end }: Node): number {
  return end ?? 0;
}
