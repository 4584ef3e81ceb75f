import { isMap, isScalar, parseDocument, type YAMLMap } from 'yaml';
import { withoutMark, type SpanEdit } from '../../code/edit/spans.ts';
import { lineEnd } from '../../tree/lines.ts';

/** What a catalog file lacks, as lines behind the keys they belong to. Undefined where it is not written line by line. */
export function missingInCatalog(
  text: string,
  annotations: Readonly<Record<string, string>>,
  owner: string,
): readonly SpanEdit[] | undefined {
  const plain = withoutMark(text);
  const document = parseDocument(plain);
  const spec = document.get('spec', true);
  const metadata = document.get('metadata', true);
  if (document.errors.length > 0 || !isBlock(spec) || !isBlock(metadata)) return undefined;
  const known = metadata.get('annotations', true);
  if (known !== undefined && !isBlock(known)) return undefined;
  const wanted = spec.get('lifecycle') === 'production' ? [] : Object.entries(annotations);
  const lines = wanted.filter(([name]) => !known?.has(name)).map(([name, value]) => `${name}: '${value}'`);
  const inSpec = [
    ...(spec.has('lifecycle') ? [] : ['lifecycle: experimental']),
    ...(spec.has('owner') ? [] : [`owner: '${owner}'`]),
  ];
  return [
    ...into(plain, spec, inSpec),
    ...(known
      ? into(plain, known, lines)
      : lines.length > 0
        ? into(plain, metadata, ['annotations:', ...lines.map((line) => `  ${line}`)])
        : []),
  ];
}

function isBlock(node: unknown): node is YAMLMap {
  return isMap(node) && !node.flow && node.items.length > 0;
}

/** In front of the first key of a map, indented like it. */
function into(text: string, { items }: YAMLMap, lines: readonly string[]): SpanEdit[] {
  const key = items[0]?.key;
  const start = isScalar(key) ? key.range?.[0] : undefined;
  if (start === undefined || lines.length === 0) return [];
  const indent = text.slice(text.lastIndexOf('\n', start - 1) + 1, start);
  const made = lines.map((line) => `${line}${lineEnd(text)}${indent}`).join('');
  return [{ start, end: start, text: made, why: 'it says who answers for it, and until when' }];
}
