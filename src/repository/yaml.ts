import { isAlias, isMap, isScalar, isSeq, LineCounter, parseAllDocuments, type Document, type Node } from 'yaml';
import { fact, type Repository } from './repository.ts';

/** A value in a YAML file, and the line it stands on. Aliases and merge keys (`<<`) are followed; what is asked for and not there is undefined. */
export interface Yaml {
  /** From 1. */
  readonly line: number;
  /** The line on which the text of a scalar begins: below the `|` of a block. */
  readonly textLine: number;
  /** A scalar as text (`true` is 'true'); undefined for lists, maps and nothing. */
  readonly text: string | undefined;
  /** The items of a list; empty for anything else. */
  readonly items: readonly Yaml[];
  /** The entries of a map, those that are merged in last; empty for anything else. */
  readonly entries: readonly YamlEntry[];
  get(key: string): Yaml | undefined;
}

export interface YamlEntry {
  readonly key: string;
  /** Of the key. */
  readonly line: number;
  readonly value: Yaml;
}

/** One file: its documents, and why it could not be read to its end where it could not. */
export interface YamlFile {
  readonly path: string;
  readonly documents: readonly Yaml[];
  readonly error: string | undefined;
}

const known = fact(() => new Map<string, YamlFile | undefined>());

/** A YAML file of a repository, parsed once; undefined when there is no such file. */
export function yamlAt(repository: Repository, path: string): YamlFile | undefined {
  const files = known(repository);
  if (!files.has(path)) {
    const text = repository.read(path);
    files.set(path, text === undefined ? undefined : yamlFrom(path, text));
  }
  return files.get(path);
}

/** Reads YAML. Never throws: a mistake in the text is told in `error`, and what stands before it is there. */
export function yamlFrom(path: string, text: string): YamlFile {
  const lines = new LineCounter();
  try {
    const parsed = parseAllDocuments(text, {
      lineCounter: lines,
      uniqueKeys: false,
      strict: false,
      logLevel: 'silent',
    });
    const documents: Document[] = Array.isArray(parsed) ? parsed : [];
    const error = documents.flatMap(({ errors }) => errors)[0]?.message.split('\n')[0];
    return { path, error, documents: documents.map((document) => readerOf(document, lines)) };
  } catch (error) {
    return { path, documents: [], error: error instanceof RangeError ? 'nested too deeply' : String(error) };
  }
}

function readerOf(document: Document, lines: LineCounter): Yaml {
  const lineOf = (node: Node | null | undefined, otherwise: number): number =>
    node?.range ? lines.linePos(node.range[0]).line : otherwise;

  // Children are made when they are asked for: an alias to its own parent, or a million aliases of each other, cost nothing.
  const reader = (given: Node | null | undefined, parentLine: number): Yaml => {
    const line = lineOf(given, parentLine);
    const node = isAlias(given) ? given.resolve(document) : given;
    const entries = (): readonly YamlEntry[] => (isMap<Node, Node>(node) ? entriesOf(node.items) : []);
    return {
      line,
      textLine: isScalar(node) && node.type?.startsWith('BLOCK') ? line + 1 : line,
      text: isScalar(node) && node.value !== null ? String(node.source ?? node.value) : undefined,
      get items() {
        return isSeq<Node>(node) ? node.items.map((item) => reader(item, line)) : [];
      },
      get entries() {
        return entries();
      },
      get: (key) => entries().find((entry) => entry.key === key)?.value,
    };
  };

  const entriesOf = (pairs: readonly { key: Node; value: Node | null }[], depth = 0): YamlEntry[] => {
    const own = pairs.flatMap(({ key, value }): YamlEntry[] => {
      if (!isScalar(key) || key.value === '<<') return [];
      const line = lineOf(key, 1);
      return [{ key: String(key.source ?? key.value), line, value: reader(value, line) }];
    });
    const names = new Set(own.map(({ key }) => key));
    const merged = pairs.flatMap(({ key, value }) =>
      isScalar(key) && key.value === '<<' && depth < 8 ? mergedFrom(value, depth) : [],
    );
    return [...own, ...merged.filter(({ key }) => !names.has(key))];
  };

  const mergedFrom = (value: Node | null, depth: number): YamlEntry[] => {
    const node = isAlias(value) ? value.resolve(document) : value;
    if (isSeq<Node>(node)) return node.items.flatMap((item) => mergedFrom(item, depth));
    return isMap<Node, Node>(node) ? entriesOf(node.items, depth + 1) : [];
  };

  return reader(document.contents as Node | null, 1);
}

/** The words of a list, or the one word that stands for a list of one. */
export function textsOf(list: Yaml | undefined): string[] {
  const items = list?.text === undefined ? (list?.items ?? []) : [list];
  return items.flatMap(({ text }) => text ?? []);
}
