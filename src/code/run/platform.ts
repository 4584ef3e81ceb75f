import { posix } from 'node:path';
import { choose } from './fork.ts';
import { invoke } from './invoke.ts';
import { top } from './modules.ts';
import { Thrown, type Run } from './run.ts';
import {
  constant,
  either,
  externalPath,
  list,
  native,
  nothing,
  record,
  textOfValue,
  undefinedValue,
  unknown,
  type External,
  type Site,
  type Value,
} from './values.ts';

/** What functions of the language and of Node give, where it depends on nothing that happens. */
export function callPlatform(
  run: Run,
  callee: External,
  given: readonly Value[],
  made: boolean,
  site: Site,
): Value | undefined {
  const path = externalPath(callee).replace(/^globalThis\./, '');
  const [first, second] = given;
  switch (path) {
    case 'path.join':
    case 'path.posix.join':
    case 'path/posix.join':
      return joined(given, (parts) => posix.join(...parts));
    case 'path.resolve':
      return joined(given, (parts) => posix.resolve(top, ...parts));
    case 'path.dirname':
      return joined(given, ([path = '']) => posix.dirname(path));
    case 'path.basename':
      return joined(given, ([path = '', suffix]) => posix.basename(path, suffix));
    case 'path.extname':
      return joined(given, ([path = '']) => posix.extname(path));
    case 'url.fileURLToPath':
    case 'url.pathToFileURL':
      return joined(given.slice(0, 1), ([url = '']) => url.replace(/^file:\/\//, ''));
    case 'process.cwd':
      return constant(top);
    case 'fs.readdirSync':
    case 'fs.promises.readdir':
    case 'fs/promises.readdir':
      return filesIn(run, textOfValue(first), given[1]);
    case 'fs.existsSync':
      return unknown('whether a file is there');
    case 'URL':
      return urlOf(first, second);
    case 'module.createRequire':
      return { kind: 'unknown', why: 'require' };
    case 'Object.keys':
      return ofEntries(first, ([name]) => constant(name));
    case 'Object.values':
      return ofEntries(first, ([, value]) => value);
    case 'Object.entries':
      return ofEntries(first, ([name, value]) => list([constant(name), value]));
    case 'Object.assign':
      return assigned(run, given);
    case 'Object.freeze':
    case 'Object.seal':
    case 'Promise.resolve':
    case 'Array.from':
    case 'structuredClone':
      return path === 'Array.from' && second?.kind === 'function' && first?.kind === 'list'
        ? list(
            first.items.map((item) => invoke(run, second, [item], site)),
            first.open,
          )
        : (first ?? undefinedValue);
    case 'Promise.all':
    case 'Promise.allSettled':
      return first ?? list([]);
    case 'Promise.reject':
      throw new Thrown(first ?? undefinedValue);
    case 'Promise':
      return made && first ? promised(run, first, site) : undefined;
    case 'Array':
    case 'Array.of':
      return made || path === 'Array.of' ? list(given, path === 'Array') : undefined;
    case 'Set':
    case 'Map':
      return made ? collection(first) : undefined;
    case 'Boolean':
    case 'String':
    case 'Number':
    case 'parseInt':
      return converted(path, first);
    case 'Array.isArray':
      return first && first.kind !== 'unknown' && first.kind !== 'external'
        ? constant(first.kind === 'list')
        : undefined;
    default:
      return undefined;
  }
}

function joined(given: readonly Value[], join: (parts: string[]) => string): Value {
  const parts = given.map(textOfValue);
  return parts.includes(undefined) ? unknown('a path that is worked out') : constant(join(parts as string[]));
}

/** The names of files and folders in a folder of the repository. */
function filesIn({ repository }: Run, folder: string | undefined, options: Value | undefined): Value {
  if (folder === undefined || options?.kind === 'record') return unknown('the files of a folder');
  const inside = posix.resolve(top, folder);
  if (inside !== top && !inside.startsWith(`${top}/`)) return unknown('the files of a folder outside');
  const prefix = inside === top ? '' : `${inside.slice(top.length + 1)}/`;
  const names = repository.files
    .filter(({ path }) => path.startsWith(prefix))
    .map(({ path }) => path.slice(prefix.length).split('/')[0] ?? '');
  return names.length === 0
    ? unknown('a folder that is not there')
    : list([...new Set(names)].map((name) => constant(name)));
}

function urlOf(path: Value | undefined, base: Value | undefined): Value | undefined {
  const [relative, from] = [textOfValue(path), textOfValue(base)];
  if (relative === undefined || from === undefined || !from.startsWith('file://')) return undefined;
  const url = new URL(relative, from);
  return record([
    ['pathname', constant(url.pathname)],
    ['href', constant(url.href)],
  ]);
}

function ofEntries(value: Value | undefined, pick: (entry: [string, Value]) => Value): Value {
  if (value?.kind !== 'record')
    return value?.kind === 'nothing' ? nothing : unknown('the entries of something unknown');
  return list([...value.entries].map(pick), value.open);
}

function assigned(run: Run, [target, ...sources]: readonly Value[]): Value {
  if (!target) return undefinedValue;
  const entries =
    target.kind === 'record' ? target.entries : target.kind === 'native' ? target.object.entries : undefined;
  for (const source of sources) {
    if (entries && source.kind === 'record')
      for (const [name, value] of source.entries) run.journal.set(entries, name, value);
    else if (target.kind === 'record') target.open = true;
  }
  return target;
}

/** What a promise is settled with: a refusal is thrown. */
function promised(run: Run, executor: Value, site: Site): Value {
  const settled: Value[] = [];
  const refused: Value[] = [];
  const into = (values: Value[], type: string): Value =>
    native({
      type,
      entries: new Map(),
      call: (_, [value]) => {
        values.push(value ?? undefinedValue);
        return undefinedValue;
      },
    });
  invoke(run, executor, [into(settled, 'resolve'), into(refused, 'reject')], site);
  if (settled.length === 0 && refused.length > 0) throw new Thrown(either(refused));
  if (refused.length === 0) return settled.length === 0 ? unknown('a promise') : either(settled);
  const refusal = (): Value => {
    throw new Thrown(either(refused));
  };
  return choose(run, [refusal, (): Value => either(settled)]);
}

/** A Set or Map is read like a list or an object. */
function collection(from: Value | undefined): Value {
  if (from?.kind === 'list') {
    const pairs = from.items.flatMap((item) =>
      item.kind === 'list' && item.items.length === 2 && textOfValue(item.items[0]) !== undefined
        ? [[textOfValue(item.items[0]) ?? '', item.items[1] ?? undefinedValue] as const]
        : [],
    );
    const values = from.items;
    return native(
      collectionOf(pairs.length === values.length && values.length > 0 ? record(pairs) : list(values, from.open)),
    );
  }
  return native(collectionOf(list([], true)));
}

function collectionOf(content: Value): {
  type: string;
  entries: Map<string, Value>;
  call: (name: string, given: readonly Value[]) => Value;
} {
  return {
    type: 'collection',
    entries: new Map(),
    call: (name, [first]) => {
      const key = textOfValue(first);
      if (content.kind === 'list' && !content.open && name === 'has' && key !== undefined)
        return constant(content.items.some((item) => textOfValue(item) === key));
      if (content.kind === 'record' && key !== undefined) {
        if (name === 'has') return constant(content.entries.has(key));
        if (name === 'get') return content.entries.get(key) ?? undefinedValue;
      }
      if (first?.kind === 'nothing') return name === 'has' ? constant(false) : nothing;
      return unknown('what a collection holds', first?.kind === 'unknown' ? first.source : undefined);
    },
  };
}

function converted(path: string, value: Value | undefined): Value | undefined {
  if (!value) return undefined;
  if (value.kind === 'nothing') return path === 'Boolean' ? constant(false) : value;
  if (value.kind === 'unknown') return value;
  if (value.kind !== 'constant') return undefined;
  if (path === 'Boolean') return constant(Boolean(value.value));
  return path === 'String' ? constant(String(value.value)) : constant(Number(value.value));
}
