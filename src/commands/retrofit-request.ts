import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { retrofitFlags } from '../answers/retrofit-flags.ts';
import { has, parse, type CommandLine } from '../answers/parse.ts';
import { choice } from '../answers/values.ts';
import { KnownError } from '../errors.ts';
import type { GuardrailId } from '../guardrails/ids.ts';
import { givenOn, type GivenRetrofit } from '../retrofit/given.ts';
import { isRecord } from '../tree/record.ts';
import type { Session } from './session.ts';

/** What somebody wants to have done, from the command line. */
export interface RetrofitRequest {
  readonly folder: string;
  readonly given: GivenRetrofit;
  readonly prove: 'usual' | 'full' | 'no';
  readonly withEnvironment: boolean;
  readonly installScripts: boolean;
  readonly install: boolean;
  /** The name of a new branch. */
  readonly commits: string | undefined;
  readonly allowDirty: boolean;
  readonly yes: boolean;
  readonly dryRun: boolean;
  readonly planOut: string | undefined;
  readonly plan: string | undefined;
}

/** Reads and judges a command line. Throws on the first thing that is no good. `only` is what `add` was asked for. */
export function retrofitRequest(line: CommandLine, session: Session, only?: readonly GuardrailId[]): RetrofitRequest {
  const [word, ...more] = line.words;
  if (more.length > 0) throw oneFolder(line.words);
  const { workingDirectory, clock } = session;
  const from = (flag: string): string | undefined => {
    const path = line.given.get(flag);
    return path === undefined ? undefined : resolve(workingDirectory, path);
  };
  const answers = from('--answers');
  const flags = new Map([...(answers === undefined ? [] : flagsIn(answers)), ...line.given]);
  const prove = line.given.get('--prove');
  return {
    folder: resolve(workingDirectory, word ?? '.'),
    given: { ...givenOn(flags, clock), ...(only && { only }) },
    prove: prove === undefined ? 'usual' : choice(prove, ['usual', 'full', 'no'], '--prove'),
    withEnvironment: has(line, '--with-env'),
    installScripts: has(line, '--install-scripts'),
    install: !has(line, '--no-install'),
    commits: line.given.get('--commits'),
    allowDirty: has(line, '--allow-dirty'),
    yes: has(line, '--yes'),
    dryRun: has(line, '--dry-run'),
    planOut: from('--plan-out'),
    plan: from('--plan'),
  };
}

/** A file of answers says what flags say: `{ "owner": "@ana", "open": { "GET /health": "why" } }`. */
function flagsIn(file: string): ReadonlyMap<string, string> {
  const read = readAnswers(file);
  const words = Object.entries(read).flatMap(([name, value]) => wordsOf(file, name, value));
  return parse(words, retrofitFlags).given;
}

function readAnswers(file: string): Readonly<Record<string, unknown>> {
  const next = 'Write a JSON object, such as { "owner": "@ana", "auth": "password" }';
  try {
    const value: unknown = JSON.parse(readFileSync(file, 'utf8'));
    if (isRecord(value)) return value;
  } catch (error) {
    const what = `The answers could not be read: ${error instanceof Error ? error.message : String(error)}`;
    throw new KnownError({ code: 'bad-value', what, where: file, next });
  }
  throw new KnownError({ code: 'bad-value', what: 'The answers are no JSON object.', where: file, next });
}

function wordsOf(file: string, name: string, value: unknown): string[] {
  if (value === true) return [`--${name}`];
  if (value === false || value === null) return [];
  if (typeof value === 'string') return [`--${name}=${value}`];
  if (Array.isArray(value)) return [`--${name}=${value.join(name === 'close' ? '; ' : ',')}`];
  if (isRecord(value)) {
    const entries = Object.entries(value).map(([key, reason]) => `${key}=${String(reason)}`);
    return [`--${name}=${entries.join('; ')}`];
  }
  throw new KnownError({
    code: 'bad-value',
    what: `"${name}" in the answers has a value that no flag takes.`,
    where: file,
    next: 'Each name is a flag without its dashes, each value what stands behind it.',
  });
}

function oneFolder(words: readonly string[]): KnownError {
  return new KnownError({
    code: 'too-many-arguments',
    what: `One folder is expected, and ${words.length} words were given: ${words.join(' ')}.`,
    where: words[1] ?? '',
    next: 'Keep the folder. Values belong behind their flag: --owner @ana',
  });
}
