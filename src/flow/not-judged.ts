import { isCode } from '../code/parse.ts';
import { appsOf } from '../repository/apps.ts';
import { attributesPath, foreignMarks } from '../repository/attributes.ts';
import { fact, type Repository } from '../repository/repository.ts';
import { roleOf } from '../repository/roles.ts';
import type { Answer } from './judge.ts';

/** What people write programs in beside JavaScript. */
const languages: Readonly<Record<string, string>> = {
  py: 'Python',
  ipynb: 'Python',
  rb: 'Ruby',
  go: 'Go',
  rs: 'Rust',
  java: 'Java',
  kt: 'Kotlin',
  scala: 'Scala',
  php: 'PHP',
  cs: 'C#',
  fs: 'F#',
  c: 'C',
  cpp: 'C++',
  cc: 'C++',
  swift: 'Swift',
  dart: 'Dart',
  ex: 'Elixir',
  exs: 'Elixir',
  erl: 'Erlang',
  hs: 'Haskell',
  clj: 'Clojure',
  pl: 'Perl',
  lua: 'Lua',
  r: 'R',
  sh: 'shell scripts',
  ps1: 'PowerShell',
};

/** A page or a component: it may hold a program. */
const page = /\.(?:html?|vue|svelte|astro|mdx|ejs|hbs|pug)$/i;

/** The share of the source files that may be called foreign before what is left says nothing of the program. */
const mostForeign = 0.9;

/** Why a repository is not judged as a program, in sentences for the one who decides; none where it is. */
export const whyNotJudged = fact((repository: Repository): readonly string[] => {
  if (!hasProgram(repository)) return notOurs(repository);
  const { all, foreign } = foreignSources(repository);
  if (all === 0 || foreign <= all * mostForeign) return [];
  return [
    `${attributesPath} calls ${foreign} of ${all} source files generated or foreign, so nobody has judged them.`,
    `Take these marks out of ${attributesPath}, and check again.`,
  ];
});

/** Where there is no program, nobody misses what a program should have. */
export function withoutAbsences(repository: Repository, answers: readonly Answer[]): readonly Answer[] {
  if (hasProgram(repository) || languagesOf(repository).length > 0) return answers;
  return answers.map((answer) =>
    answer.finding.verdict === 'fail' && answer.finding.where.path === '.'
      ? { ...answer, finding: { verdict: 'not-applicable', message: 'there is no program here that would need it' } }
      : answer,
  );
}

/** True where something stands that this check can read as a program. */
function hasProgram(repository: Repository): boolean {
  return (
    repository.files.some(({ path }) => isCode(path) || page.test(path)) ||
    appsOf(repository).some(({ manifest }) => manifest !== undefined)
  );
}

function notOurs(repository: Repository): string[] {
  const found = languagesOf(repository);
  return found.length === 0
    ? ['There is no program here: is this the right folder?', 'Nothing could be judged.']
    : [`What runs here is written in ${found.join(' and ')}: this check reads JavaScript and TypeScript only.`];
}

function languagesOf({ files }: Repository): string[] {
  const names = files.flatMap(({ path }) => languages[/\.(\w+)$/.exec(path)?.[1]?.toLowerCase() ?? ''] ?? []);
  return [...new Set(names)].toSorted().slice(0, 3);
}

/** How many files would be judged as source by their names, and how many of them are called foreign. */
function foreignSources(repository: Repository): { readonly all: number; readonly foreign: number } {
  const sources = repository.files.filter(({ path }) => roleOf(path) === 'source');
  const marks = foreignMarks(repository.read(attributesPath) ?? '');
  if (marks.length === 0) return { all: sources.length, foreign: 0 };
  return { all: sources.length, foreign: sources.filter(({ role }) => role === 'vendored').length };
}
