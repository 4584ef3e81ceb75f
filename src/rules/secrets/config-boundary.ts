import { appOf } from '../../repository/apps.ts';
import { kindOf } from '../../repository/kinds.ts';
import { placeText } from '../../repository/place.ts';
import { printable } from '../../repository/printable.ts';
import type { Repository } from '../../repository/repository.ts';
import { envEntriesOf, isEnvSample } from '../../secrets/env-files.ts';
import { emptyFallbacks } from '../../secrets/empty-fallbacks.ts';
import { environmentReads, isConfigModule, notSettings, type EnvironmentRead } from '../../secrets/environment.ts';
import { maskSecrets } from '../../secrets/mask.ts';
import { secretsIn } from '../../secrets/secrets-in.ts';
import { defineRule, type RuleFinding } from '../rule.ts';

export default defineRule({
  id: 'secrets/config-boundary',
  title: 'One module reads the environment, and no secret has a value built in.',
  why: 'Where a secret has a built-in value, a forgotten setting goes unnoticed, and anybody who has read the code can sign in as anyone.',
  weight: 'blocker',
  stage: 'prototype',
  measured: true,
  finds:
    'Literals that stand in for a missing secret (||, ??, default values, schema defaults), the empty text too; reads of process.env outside a config module; settings that .env.example does not list.',
  blind: 'Whether the config module checks what it reads (check --boot starts the program without settings).',
  fix: 'Read all settings in one file, let it stop the program with the names of those that are missing, and give no secret a default.',
  references: ['12-Factor III', 'ASVS 13.2.3', 'ASVS 13.3.1', 'CWE-1188', 'CWE-798'],
  async check(repository) {
    const fails = [
      ...(await fallbacks(repository)),
      ...empties(repository),
      ...scattered(repository),
      ...parsedOnly(repository),
      ...unlisted(repository),
    ];
    if (fails.length > 0) return fails;
    if (environmentReads(repository).length === 0)
      return [{ verdict: 'not-applicable', message: 'Nothing here reads the environment.' }];
    return [{ verdict: 'pass', message: 'The environment is read in one place, and no secret has a value built in.' }];
  },
});

async function fallbacks(repository: Repository): Promise<RuleFinding[]> {
  const found = (await secretsIn(repository)).filter(
    ({ fallback, place }) => fallback && repository.file(place.path)?.role === 'source',
  );
  return found.map(({ name = 'this secret', kind, place, confidence, evidence }) => ({
    verdict: 'fail',
    message: `When ${printable(name)} is not set, the program runs with ${withArticle(kind)} that everybody can read here.`,
    where: place,
    confidence,
    evidence,
    toldBy: 'secrets/no-hardcoded',
    remedy: `Remove the value behind ${printable(name)}, and stop at start with its name when it is missing. Wherever the program ran without the setting, treat what it protected as open and set a new value.`,
    key: `fallback ${name}`,
  }));
}

/** `process.env.SECRET || ''`: what is forgotten is not noticed when the program starts. */
function empties(repository: Repository): RuleFinding[] {
  return emptyFallbacks(repository).map(({ name, place, line, works }) => ({
    verdict: 'fail',
    message: works
      ? `When ${printable(name)} is not set, the program works with an empty key: anybody can read what it encrypts and make up what it signs.`
      : `When ${printable(name)} is not set, the program starts with an empty one, and nobody notices before users do.`,
    where: place,
    confidence: 'likely',
    ...(!works && { weight: 'medium' }),
    evidence: maskSecrets(line).slice(0, 160),
    remedy: `Remove the empty text behind ${printable(name)}, and stop at start with its name when it is missing.`,
    key: `empty ${name}`,
  }));
}

/** Reads of settings by programs that serve somebody. A command and a library take from the environment of others what they find. */
function settingsRead(repository: Repository): EnvironmentRead[] {
  return environmentReads(repository).filter(({ key, place }) => {
    const app = appOf(repository, place.path);
    const kind = app && kindOf(repository, app).kind;
    return (
      kind !== 'cli' &&
      kind !== 'library' &&
      !ofGuards.test(place.path) &&
      !(key !== undefined && notSettings.test(key))
    );
  });
}

/** Guards that were brought into a project check their own settings; what the rest of it reads is another matter. */
const ofGuards = /(?:^|\/)guardrails\/[\w./-]+\.[cm]js$/;

/** One finding for each app whose settings are read here and there. */
function scattered(repository: Repository): RuleFinding[] {
  const byApp = new Map<string, EnvironmentRead[]>();
  for (const read of settingsRead(repository)) {
    const root = appOf(repository, read.place.path)?.root ?? '';
    byApp.set(root, [...(byApp.get(root) ?? []), read]);
  }
  return [...byApp].flatMap(([root, reads]): RuleFinding[] => {
    // The whole environment is handed on to other programs; only a config module takes it to read it.
    const outside = reads.filter(({ key, place }) => key !== undefined && !isConfigModule(place.path));
    const files = [...new Set(outside.map(({ place }) => place.path))];
    const configured = outside.length < reads.length;
    const [first] = outside;
    if (!first || (!configured && files.length < 2)) return [];
    const others = outside.slice(1, 4).map(({ place }) => printable(placeText(place)));
    return [
      {
        verdict: 'fail',
        message: `Settings are read at ${counted(outside.length, 'place')} in ${counted(files.length, 'file')}${configured ? ' beside the config module' : ''}: a missing one shows only when a user needs it.${others.length > 0 ? ` Also ${others.join(', ')}.` : ''}`,
        where: first.place,
        confidence: 'likely',
        weight: 'medium',
        evidence: maskSecrets(first.line).slice(0, 160),
        remedy:
          'Move them into one module that checks all of them when the program starts, and import the values from there.',
        key: `scattered ${root}`,
      },
    ];
  });
}

const loadsParsed =
  /(?:dotenv|\bconfig|loadEnv)\w*(?:\.config)?\([^)]*\)\s*\??\.parsed\b|\{\s*parsed\b[^}]*\}\s*=\s*(?:dotenv\.)?config\(/;

/** `dotenv.config().parsed.KEY` knows the file alone: what a host, a container or CI sets is not in it. */
function parsedOnly(repository: Repository): RuleFinding[] {
  const found = repository.files
    .filter(
      ({ path, role }) => role === 'source' && /\.parsed\b|\bparsed\b.*config\(/.test(repository.read(path) ?? ''),
    )
    .flatMap(({ path }) => {
      const text = repository.read(path) ?? '';
      const lines = text.includes('dotenv') ? text.split('\n') : [];
      return lines.flatMap((line, index) =>
        loadsParsed.test(line) && !/^\s*(?:\/\/|\/?\*)/.test(line)
          ? [{ place: { path, line: index + 1 }, line: line.trim() }]
          : [],
      );
    });
  const [first, ...others] = found;
  if (!first) return [];
  const also = others.slice(0, 3).map(({ place }) => printable(placeText(place)));
  return [
    {
      verdict: 'fail',
      message: `The program takes its settings from the .env file alone: on a host that sets them in the environment it fails to start or runs without them.${also.length > 0 ? ` Also ${also.join(', ')}.` : ''}`,
      where: first.place,
      confidence: 'likely',
      weight: 'medium',
      evidence: maskSecrets(first.line).slice(0, 160),
      remedy: 'Call dotenv.config() and read process.env afterwards.',
      key: 'parsed only',
    },
  ];
}

/** Settings that nobody is told about, in apps that have a list of them. */
function unlisted(repository: Repository): RuleFinding[] {
  const rootOf = (path: string): string => appOf(repository, path)?.root ?? '';
  const samples = repository.files.filter(({ path }) => isEnvSample(path)).map(({ path }) => path);
  const roots = new Set(samples.map(rootOf));
  const listed = new Set(samples.flatMap((path) => listedIn(repository.read(path) ?? '')));
  const missing = new Map<string, EnvironmentRead>();
  for (const read of settingsRead(repository)) {
    const isTold = read.key === undefined || listed.has(read.key) || !roots.has(rootOf(read.place.path));
    if (!isTold && read.key !== undefined && !missing.has(read.key)) missing.set(read.key, read);
  }
  const [first] = missing.values();
  if (!first) return [];
  const names = [...missing.keys()];
  return [
    {
      verdict: 'fail',
      message: `Whoever sets this up is not told of ${names.slice(0, 6).join(', ')}${names.length > 6 ? ` and ${names.length - 6} more` : ''}: ${samples[0]} does not list ${names.length === 1 ? 'it' : 'them'}.`,
      where: first.place,
      confidence: 'review',
      weight: 'low',
      evidence: maskSecrets(first.line).slice(0, 160),
      searched: samples,
      remedy: `Add ${names.slice(0, 6).join(', ')} to ${samples[0]}, with an empty value and a line of explanation.`,
      key: 'unlisted settings',
    },
  ];
}

/** A line that is commented out lists its setting too. */
function listedIn(text: string): string[] {
  return envEntriesOf(text.replaceAll(/^[^\S\n]*#[^\S\n]*(?=[A-Z_]+=)/gm, '')).map(({ key }) => key);
}

function counted(count: number, what: string): string {
  return `${count} ${what}${count === 1 ? '' : 's'}`;
}

function withArticle(kind: string): string {
  return `${/^[aeio]/i.test(kind) ? 'an' : 'a'} ${kind}`;
}
