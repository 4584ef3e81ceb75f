import { fact, type Repository } from '../../repository/repository.ts';

/** One place where somebody told a tool to look away. */
export interface Suppression {
  readonly kind: string;
  readonly path: string;
  readonly line: number;
  /** The line, trimmed. */
  readonly text: string;
  readonly hasReason: boolean;
}

/** Each kind, and what follows it; the reason is what is left over. */
const kinds: readonly { readonly kind: string; readonly pattern: RegExp }[] = [
  { kind: 'eslint-disable', pattern: /(?:\/\/|\/\*|\{\/\*)\s*eslint-disable(?:-next-line|-line)?\b(.*)/ },
  { kind: 'oxlint-disable', pattern: /(?:\/\/|\/\*)\s*oxlint-disable(?:-next-line|-line)?\b(.*)/ },
  { kind: 'biome-ignore', pattern: /(?:\/\/|\/\*|\{\/\*)\s*biome-ignore\b[^:]*:?(.*)/ },
  { kind: '@ts-ignore', pattern: /(?:\/\/|\/\*|\{\/\*)\s*@ts-ignore\b(.*)/ },
  { kind: '@ts-expect-error', pattern: /(?:\/\/|\/\*|\{\/\*)\s*@ts-expect-error\b(.*)/ },
  { kind: '@ts-nocheck', pattern: /(?:\/\/|\/\*)\s*@ts-nocheck\b(.*)/ },
  {
    kind: 'coverage ignored',
    pattern: /(?:\/\/|\/\*)\s*(?:istanbul|c8|v8)\s+ignore\b(?:\s+(?:next|start|stop|file|if|else)\b)?(.*)/,
  },
  { kind: 'shipshape-allow', pattern: /(?:\/\/|\/\*|#)\s*shipshape-allow\s+\S+(.*)/ },
  { kind: 'as any', pattern: /\bas any\b(?:.*?\/\/(.*))?/ },
];

const commands: readonly { readonly kind: string; readonly pattern: RegExp }[] = [
  { kind: '|| true', pattern: /\|\|\s*(?:true|exit 0)\b(?:.*?#(.*))?/ },
  { kind: '--no-verify', pattern: /\s--no-verify\b(?:.*?#(.*))?/ },
];

/** Every suppression of a repository, in code and in commands. */
export const suppressionsOf = fact((repository: Repository): readonly Suppression[] =>
  repository.files.flatMap(({ path, role }) => {
    const asked = role === 'source' || role === 'test' || role === 'config' ? kinds : isScript(path) ? commands : [];
    const text = asked.length > 0 ? (repository.read(path) ?? '') : '';
    return asked.some(({ pattern }) => pattern.test(text)) ? inFile(path, text, asked) : [];
  }),
);

function isScript(path: string): boolean {
  return /(?:^|\/)package\.json$|^\.github\/(?:workflows|actions)\/.+\.ya?ml$|^\.gitlab-ci\.yml$|^\.husky\/|\.sh$|(?:^|\/)Makefile$/.test(
    path,
  );
}

function inFile(path: string, text: string, asked: typeof kinds): Suppression[] {
  const lines = text.split('\n');
  return lines.flatMap((line, index) =>
    asked.flatMap(({ kind, pattern }) => {
      const found = pattern.exec(line);
      if (!found || isQuoted(line, found.index) || (kind === 'as any' && isCommentLine(line))) return [];
      const explained =
        kind === 'as any' || kind === '|| true' || kind === '--no-verify' ? isComment(lines[index - 1]) : false;
      return [
        { kind, path, line: index + 1, text: line.trim(), hasReason: explained || isReason(kind, found[1] ?? '') },
      ];
    }),
  );
}

function isCommentLine(line: string): boolean {
  return /^\s*(?:\/\/|\/?\*)/.test(line);
}

/** A tool that writes or looks for suppressions has them in texts. */
function isQuoted(line: string, at: number): boolean {
  const before = line.slice(0, at);
  return ["'", '"', '`'].some((quote) => before.split(quote).length % 2 === 0) || /\/[^/]*\\[bsw/][^/]*$/.test(before);
}

function isComment(line: string | undefined): boolean {
  return /^\s*(?:\/\/|#)\s*\S+\s+\S+/.test(line ?? '');
}

/** Linters want the reason after `--`; other tools take any words. */
function isReason(kind: string, rest: string): boolean {
  const words = kind.endsWith('lint-disable') ? (rest.split(/\s--\s/)[1] ?? '') : rest;
  return (
    words
      .replaceAll(/\*\/\}?|[-:]/g, ' ')
      .trim()
      .split(/\s+/)
      .filter((word) => /\w{2,}/.test(word)).length >= 2
  );
}
