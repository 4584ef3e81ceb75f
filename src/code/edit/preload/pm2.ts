import type { ObjectExpression, ObjectProperty } from '@babel/types';
import { parse } from 'jsonc-parser';
import { setJson } from '../../../tree/json.ts';
import { keyNameOf } from '../../calls.ts';
import { NotParsed } from '../../parse.ts';
import { nodesOf } from '../../walk.ts';
import { guarded } from '../guarded.ts';
import { sourceFrom, type Source } from '../source.ts';
import type { SpanEdit } from '../spans.ts';
import { listEntryAfter } from '../statements.ts';
import { isAppFile, movedInto, together, type Preload, type Preloaded } from './preload.ts';

const argumentNames = ['node_args', 'nodeArgs', 'interpreter_args', 'interpreterArgs'];
const notInTheFile = 'it starts the app by a script of package.json, or not at all';

/** Makes the apps of a PM2 file load a module first: `ecosystem.config.js` and its kin, or JSON. */
export function pm2FileWithPreload(path: string, text: string, preload: Preload): Preloaded {
  if (/\.ya?ml$/.test(path))
    return { kind: 'none', why: `a PM2 file in YAML is left alone: add node_args: --import ${preload.module}` };
  return path.endsWith('.json') ? inJson(text, preload) : inCode(path, text, preload);
}

interface App {
  readonly script: string | undefined;
  readonly interpreter: string | undefined;
  readonly given: unknown;
}

/** PM2 starts an app in its `cwd`. One from the root of the machine is where the app itself lies there. */
function inFolder(preload: Preload, folder: string | undefined): Preload {
  return (folder !== undefined && movedInto(preload, folder)) || preload;
}

/** Whether an app gets the option; the reason where not. */
function answerFor({ script, interpreter, given }: App, preload: Preload): Preloaded | undefined {
  const all = Array.isArray(given) ? given.join(' ') : String(given ?? '');
  if (all.includes(preload.module)) return { kind: 'there' };
  if (script === undefined || !/\.[cm]?[jt]sx?$/.test(script) || !isAppFile(preload, script))
    return { kind: 'none', why: notInTheFile };
  if (interpreter !== undefined && !/(?:^|\/)(?:node|tsx)$/.test(interpreter))
    return { kind: 'none', why: 'PM2 does not start it by Node here' };
  return undefined;
}

function inJson(text: string, around: Preload): Preloaded {
  const json = parse(text, [], { allowTrailingComma: true }) as unknown;
  const list = Array.isArray(json) ? json : ((json as { apps?: unknown } | null)?.apps ?? [json]);
  const below = Array.isArray(json) ? [] : (json as { apps?: unknown } | null)?.apps ? ['apps'] : undefined;
  let made = text;
  const parts = (Array.isArray(list) ? list : [list]).map((one: unknown, index): Preloaded => {
    const app = (typeof one === 'object' && one !== null ? one : {}) as Record<string, unknown>;
    const preload = inFolder(around, textOr(app['cwd']));
    const name = argumentNames.find((candidate) => candidate in app) ?? 'node_args';
    const given = app[name];
    const answer = answerFor(
      { script: textOr(app['script']), interpreter: textOr(app['interpreter'] ?? app['exec_interpreter']), given },
      preload,
    );
    if (answer) return answer;
    const value = Array.isArray(given)
      ? ['--import', preload.module, ...(given as unknown[])]
      : [`--import ${preload.module}`, textOr(given)].filter(Boolean).join(' ');
    made = setJson(made, [...(below ?? []), ...(below && Array.isArray(list) ? [index] : []), name], value);
    return { kind: 'text', text: made };
  });
  return together(parts, made, notInTheFile);
}

function textOr(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

function inCode(path: string, text: string, preload: Preload): Preloaded {
  try {
    const source = sourceFrom(path, text);
    const edits: SpanEdit[] = [];
    const parts = nodesOf(source.tree, 'ObjectExpression')
      .filter((object) => propertyOf(object, 'script'))
      .map((object) => inObject(source, object, preload, edits));
    const result = guarded(path, text, edits);
    if (result.kind === 'refused') return { kind: 'none', why: result.why };
    return together(parts, result.text, notInTheFile);
  } catch (error) {
    if (!(error instanceof NotParsed)) throw error;
    return { kind: 'none', why: 'the file could not be read as code' };
  }
}

function inObject(source: Source, object: ObjectExpression, around: Preload, edits: SpanEdit[]): Preloaded {
  const preload = inFolder(around, literalIn(propertyOf(object, 'cwd')));
  const script = propertyOf(object, 'script');
  const given = argumentNames.map((name) => propertyOf(object, name)).find((property) => property !== undefined);
  const interpreter = propertyOf(object, 'interpreter') ?? propertyOf(object, 'exec_interpreter');
  const written = given && source.text.slice(given.value.start ?? 0, given.value.end ?? 0);
  const answer = answerFor({ script: literalIn(script), interpreter: literalIn(interpreter), given: written }, preload);
  if (answer) return answer;
  const edit = given ? intoArguments(source, given, preload) : script && asProperty(source, script, preload);
  if (!edit) return { kind: 'none', why: 'what Node is given there is worked out by code' };
  edits.push(edit);
  return { kind: 'text', text: source.text };
}

function asProperty(source: Source, script: ObjectProperty, { module }: Preload): SpanEdit {
  const { quote } = source.style;
  return {
    ...listEntryAfter(source, script, `node_args: ${quote}--import ${module}${quote}`),
    why: 'loads a module before the app',
  };
}

function intoArguments({ text, style }: Source, { value }: ObjectProperty, { module }: Preload): SpanEdit | undefined {
  const start = (value.start ?? 0) + 1;
  const why = 'loads a module before the app';
  const quote = style.quote;
  if (value.type === 'ArrayExpression') {
    const rest = value.elements.length > 0 ? ', ' : '';
    return { start, end: start, text: `${quote}--import${quote}, ${quote}${module}${quote}${rest}`, why };
  }
  if (value.type !== 'StringLiteral') return undefined;
  const [whole, end] = [text.slice(value.start ?? 0, value.end ?? 0), value.end ?? 0];
  const sign = whole[0] ?? quote;
  return {
    start: start - 1,
    end,
    text: `${sign}--import ${module}${value.value === '' ? '' : ' '}${whole.slice(1, -1)}${sign}`,
    why,
  };
}

function propertyOf(object: ObjectExpression, name: string): ObjectProperty | undefined {
  return object.properties.find(
    (one): one is ObjectProperty => one.type === 'ObjectProperty' && keyNameOf(one) === name,
  );
}

function literalIn(property: ObjectProperty | undefined): string | undefined {
  return property?.value.type === 'StringLiteral' ? property.value.value : undefined;
}
