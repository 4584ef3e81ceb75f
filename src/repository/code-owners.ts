import { fact, type Repository } from './repository.ts';

/** Where the hosts look for the file, in their order. */
export const codeOwnersPlaces = ['.github/CODEOWNERS', '.gitlab/CODEOWNERS', 'CODEOWNERS', 'docs/CODEOWNERS'] as const;

/** One line: who has to agree to a change of the files that a pattern names. */
export interface OwnersLine {
  readonly pattern: string;
  /** As they are written: `@acme/payments`, `ana@acme.example`; those of the section of GitLab it stands in where it names none. */
  readonly owners: readonly string[];
  readonly line: number;
}

export interface CodeOwners {
  readonly path: string;
  readonly lines: readonly OwnersLine[];
  /** The last line that matches a path, which is the one that counts. */
  lineFor(path: string): OwnersLine | undefined;
}

/** The CODEOWNERS that the host reads; undefined when there is none. */
export const codeOwnersOf = fact((repository: Repository): CodeOwners | undefined => {
  const path = codeOwnersPlaces.find((place) => repository.file(place));
  const text = path === undefined ? undefined : repository.read(path);
  if (path === undefined || text === undefined) return undefined;
  const lines = linesIn(text);
  const patterns = lines.map((line) => ({ line, matches: patternOf(line.pattern) }));
  return { path, lines, lineFor: (file) => patterns.findLast(({ matches }) => matches.test(file))?.line };
});

/** Whether somebody who can be asked is meant: no placeholder, and no program. */
export function isRealOwner(owner: string): boolean {
  if (!/^@[\w.-]+(?:\/[\w./-]+)?$|^[^@\s]+@[^@\s]+\.[^@\s]+$/.test(owner)) return false;
  return !placeholder.test(owner) && !program.test(owner);
}

/** Whether more than one person is meant: a team of GitHub, a group of GitLab. */
export function isTeam(owner: string): boolean {
  return owner.startsWith('@') && owner.includes('/');
}

const placeholder =
  /^@?(?:your|my)[-_]|^@(?:username|user|owner|owners|org|organi[sz]ation|team|me|you|todo|tbd|fixme|changeme|nobody|example|placeholder|global-owner\d*|github-username)(?:\/|$)|\/(?:your-|my-)?(?:team-?name|your-team|team-slug|todo)$|@(?:example\.(?:com|org)|yourcompany\.com)$|^[<{]/i;
const program =
  /(?:^@(?:dependabot|renovate|github-actions|copilot|claude|cursor|cursoragent|devin-ai-integration|codex|openai|snyk|mergify|semantic-release)(?:[-_/]|$))|\[bot\]$|[-_]bot$/i;

function linesIn(text: string): OwnersLine[] {
  const lines: OwnersLine[] = [];
  let section: readonly string[] = [];
  for (const [index, raw] of text.split(/\r?\n/).entries()) {
    const plain = raw.replace(/(?:^|\s)#.*$/, '').trim();
    if (plain === '') continue;
    const [, defaults] = /^\^?\[[^\]]+\](?:\[\d+\])?\s*(.*)$/.exec(plain) ?? [];
    if (defaults !== undefined) {
      section = words(defaults);
      continue;
    }
    const [pattern = '', ...owners] = words(plain);
    lines.push({ pattern, owners: owners.length > 0 ? owners : section, line: index + 1 });
  }
  return lines;
}

function words(text: string): string[] {
  return text.split(/(?<!\\)\s+/).filter(Boolean);
}

/** Patterns are those of .gitignore. */
function patternOf(pattern: string): RegExp {
  const plain = pattern.replaceAll('\\ ', ' ');
  const anchored = plain.startsWith('/') || plain.slice(0, -1).includes('/');
  const body = plain.replace(/^\//, '').replace(/\/$/, '');
  const source = body
    .split(/(\*\*\/|\/\*\*$|\*\*|\*|\?)/)
    .map((part) => wild[part] ?? part.replaceAll(/[.+^${}()|[\]\\]/g, '\\$&'))
    .join('');
  // `docs/*` means the files of the folder, not those of the folders in it.
  const end = plain.endsWith('/') ? '/.*' : plain.endsWith('/*') ? '' : '(?:/.*)?';
  return new RegExp(`^${anchored ? '' : '(?:.*/)?'}${source}${end}$`);
}

const wild: Readonly<Record<string, string>> = {
  '**/': '(?:.*/)?',
  '/**': '/.*',
  '**': '.*',
  '*': '[^/]*',
  '?': '[^/]',
};
