import type { Content } from '../tree/content.ts';

/** The names under which a content can stand. */
const places = new Set(['before', 'after']);

/**
 * Two lines of JSON: all contents, each once although it stands in several places and is longer than all the rest; then the value,
 * in which every `before` and `after` is the place of its content in that list.
 */
export function printPacked(value: object): string {
  const known = new Map<string, number>();
  const numberOf = (content: Content): number => {
    const key = typeof content === 'string' ? `text:${content}` : `base64:${Buffer.from(content).toString('base64')}`;
    if (!known.has(key)) known.set(key, known.size);
    return known.get(key) as number;
  };
  // A replacer sees what `toJSON` has made of bytes; the object that holds them still has the bytes.
  const packed = JSON.stringify(value, function (this: Record<string, unknown>, name, part: unknown) {
    const content = this[name];
    return places.has(name) && isContent(content) ? numberOf(content) : part;
  });
  return `${JSON.stringify([...known.keys()])}\n${packed}\n`;
}

/** What was printed; undefined where the text is none of ours. */
export function unpack(text: string): unknown {
  try {
    const [contents = '', packed = ''] = text.split('\n');
    const all = (JSON.parse(contents) as string[]).map(contentFrom);
    return JSON.parse(packed, (name, part: unknown) =>
      places.has(name) && typeof part === 'number' ? all[part] : part,
    ) as unknown;
  } catch {
    return undefined;
  }
}

function contentFrom(key: string): Content {
  const colon = key.indexOf(':') + 1;
  return colon === 5 ? key.slice(colon) : new Uint8Array(Buffer.from(key.slice(colon), 'base64'));
}

function isContent(value: unknown): value is Content {
  return typeof value === 'string' || value instanceof Uint8Array;
}
