import { posix } from 'node:path';
import { collection } from './collections.ts';
import { invoke } from './invoke.ts';
import { top } from './modules.ts';
import { filesIn, urlOf } from './places.ts';
import { promised } from './promises.ts';
import { Thrown, type Run } from './run.ts';
import {
  constant,
  externalPath,
  list,
  nothing,
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
      return joined(given, ([whole = '']) => posix.dirname(whole));
    case 'path.basename':
      return joined(given, ([whole = '', suffix]) => posix.basename(whole, suffix));
    case 'path.extname':
      return joined(given, ([whole = '']) => posix.extname(whole));
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

function converted(path: string, value: Value | undefined): Value | undefined {
  if (!value) return undefined;
  if (value.kind === 'nothing') return path === 'Boolean' ? constant(false) : value;
  if (value.kind === 'unknown') return value;
  if (value.kind !== 'constant') return undefined;
  if (path === 'Boolean') return constant(Boolean(value.value));
  return path === 'String' ? constant(String(value.value)) : constant(Number(value.value));
}
