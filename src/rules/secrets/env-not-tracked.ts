import { dockerfilesOf } from '../../repository/dockerfiles.ts';
import { printable } from '../../repository/printable.ts';
import { fact, type Repository } from '../../repository/repository.ts';
import { envEntriesOf, isEnvFile } from '../../secrets/env-files.ts';
import { isIgnoredBy } from '../../secrets/ignore-rules.ts';
import { secretsIn } from '../../secrets/secrets-in.ts';
import { defineRule, type RuleFinding } from '../rule.ts';

const ignoreLines = '.env, .env.* and !.env.example';

export default defineRule({
  id: 'secrets/env-not-tracked',
  title: 'Files with settings of one place (.env) are neither in git nor in images.',
  why: 'A password that was pushed once is in every copy for ever, also after the next commit deletes it.',
  weight: 'blocker',
  stage: 'prototype',
  measured: true,
  finds:
    'Files called .env, .env.production and the like in the index of git; the lines of .gitignore and .dockerignore that would leave them out.',
  blind: 'What was in git earlier (check --history looks there), and files with secrets that are called otherwise.',
  fix: `Write ${ignoreLines} into .gitignore and .dockerignore, and git rm --cached .env.`,
  references: ['OSPS-BR-07.01', 'CWE-538', '12-Factor III', 'OWASP AI CS §9'],
  async check(repository) {
    const tracked = await trackedFiles(repository);
    const fails = [...tracked, ...(tracked.length > 0 ? [] : notIgnored(repository)), ...inImages(repository)];
    if (fails.length > 0) return fails;
    const message = usesEnvFiles(repository)
      ? 'Files with settings stay out of git and out of images.'
      : 'There is no .env file, and nothing reads one.';
    return [{ verdict: 'pass', message }];
  },
});

async function trackedFiles(repository: Repository): Promise<RuleFinding[]> {
  const secrets = await secretsIn(repository);
  return repository.files
    .filter(({ path, tracked, role }) => tracked && role !== 'fixture' && isEnvFile(path))
    .flatMap(({ path }) =>
      trackedFile(
        path,
        repository.read(path) ?? '',
        secrets.filter(({ place }) => place.path === path),
      ),
    );
}

function trackedFile(path: string, text: string, secrets: Awaited<ReturnType<typeof secretsIn>>): RuleFinding[] {
  const [first] = secrets;
  const entries = envEntriesOf(text).filter(({ value }) => value !== '' && !value.startsWith('encrypted:'));
  if (first) {
    const names = [...new Set(secrets.map(({ name, kind }) => printable(name && !name.includes('://') ? name : kind)))];
    return [
      {
        verdict: 'fail',
        message: `Everybody who has this repository has the secrets in ${printable(path)}: ${names.slice(0, 6).join(', ')}.`,
        where: first.place,
        confidence: 'certain',
        evidence: first.evidence,
        remedy: `Change these secrets where they were issued. Then git rm --cached ${printable(path)}, write ${ignoreLines} into .gitignore, and keep the names without values in .env.example. The old values stay in the history.`,
        key: `tracked ${path}`,
      },
    ];
  }
  if (entries.length === 0 || /(?:^|\/)\.env\.(?:test|ci|testing)$/.test(path)) return [];
  return [
    {
      verdict: 'fail',
      message: `${printable(path)} is in git. Today it holds nothing secret; the next password that somebody adds goes with it.`,
      where: { path, line: entries[0]?.line ?? 1 },
      confidence: 'certain',
      weight: 'low',
      evidence: entries
        .map(({ key }) => key)
        .slice(0, 8)
        .join(', '),
      remedy: `git rm --cached ${printable(path)}, write ${ignoreLines} into .gitignore, and keep the names in .env.example.`,
      key: `tracked ${path}`,
    },
  ];
}

const readsEnvFile = /\bdotenv\b|loadEnvFile|--env-file|@nestjs\/config|env_file/;

/** Does this repository have, or expect, a file with settings? */
const usesEnvFiles = fact(
  (repository: Repository): boolean =>
    repository.files.some(({ path }) => /(?:^|\/)\.env(?:\.[\w.-]+)?$/.test(path)) ||
    repository.files.some(
      ({ path, role }) =>
        (role === 'source' || /(?:^|\/)(?:package\.json|(?:docker-)?compose[\w.-]*\.ya?ml)$/.test(path)) &&
        readsEnvFile.test(repository.read(path) ?? ''),
    ),
);

/** Would git take in a .env file? */
function notIgnored(repository: Repository): RuleFinding[] {
  const text = repository.read('.gitignore');
  const wide = isWide(repository, '.gitignore', text);
  const lying = repository.files.find(
    ({ path, tracked }) => repository.git && !tracked && isEnvFile(path) && (wide || !isLeftOut(repository, path)),
  );
  if (lying) return [unignored(lying.path)];
  if (!usesEnvFiles(repository) || (!wide && isIgnoredBy(text ?? '', '.env'))) return [];
  const why = wide
    ? '.gitignore is written in UTF-16, which git does not read: nothing is left out.'
    : text === undefined
      ? 'There is no .gitignore: git add takes in the .env file with the passwords.'
      : 'git add takes in the .env file with the passwords: .gitignore does not name it.';
  return [
    {
      verdict: 'fail',
      message: why,
      where: { path: text === undefined ? '.' : '.gitignore' },
      confidence: 'certain',
      weight: 'medium',
      searched: ['.gitignore'],
      remedy: wide
        ? `Save .gitignore as UTF-8, and let it hold ${ignoreLines}.`
        : `Write ${ignoreLines} into .gitignore.`,
      key: 'not ignored',
    },
  ];
}

/** Every .gitignore on the way to a file may name it. */
function isLeftOut(repository: Repository, path: string): boolean {
  const folders = path.split('/').slice(0, -1);
  return folders.concat('').some((_, depth) => {
    const folder = folders
      .slice(0, depth)
      .map((name) => `${name}/`)
      .join('');
    return isIgnoredBy(repository.read(`${folder}.gitignore`) ?? '', path.slice(folder.length));
  });
}

function unignored(path: string): RuleFinding {
  return {
    verdict: 'fail',
    message: `${printable(path)} lies here and git does not leave it out: the next git add takes in what is in it.`,
    where: { path },
    confidence: 'certain',
    weight: 'high',
    remedy: `Write ${ignoreLines} into .gitignore.`,
    key: `not ignored ${path}`,
  };
}

/** Twice as many bytes as characters: UTF-16, as Windows PowerShell writes it with `echo … > .gitignore`. */
function isWide(repository: Repository, path: string, text: string | undefined): boolean {
  const size = repository.file(path)?.size;
  return text !== undefined && size !== undefined && text.length > 0 && size >= text.length * 2;
}

/** `COPY . .` takes the .env file of whoever builds the image along, unless .dockerignore names it. */
function inImages(repository: Repository): RuleFinding[] {
  if (!usesEnvFiles(repository)) return [];
  const takesAll = dockerfilesOf(repository).filter(({ stages }) =>
    stages.some(({ instructions }) =>
      instructions.some(
        ({ keyword, text }) =>
          /^(?:COPY|ADD)$/.test(keyword) && /^(?:--(?!from)\S+\s+)*(?:\.\/?|\*)\s+\S+\s*$/.test(text),
      ),
    ),
  );
  return takesAll.flatMap(({ path, folder, stages }): RuleFinding[] => {
    const candidates = [
      `${path}.dockerignore`,
      folder === '' ? '.dockerignore' : `${folder}/.dockerignore`,
      '.dockerignore',
    ];
    if (candidates.some((ignore) => isIgnoredBy(repository.read(ignore) ?? '', '.env'))) return [];
    const line = stages
      .flatMap(({ instructions }) => instructions)
      .find(({ keyword, text }) => /^(?:COPY|ADD)$/.test(keyword) && /^(?:--\S+\s+)*(?:\.\/?|\*)\s/.test(text))?.line;
    return [
      {
        verdict: 'fail',
        message: 'Whoever gets the container image gets the .env file of the one who built it.',
        where: { path, ...(line !== undefined && { line }) },
        confidence: 'likely',
        weight: 'medium',
        searched: [...new Set(candidates)],
        remedy: `Write ${ignoreLines} into .dockerignore.`,
        key: `image ${path}`,
      },
    ];
  });
}
