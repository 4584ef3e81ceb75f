import { fact, type Repository } from './repository.ts';
import { shellCommandsIn } from './shell.ts';

/** One instruction of a Dockerfile, its continuation lines joined. */
export interface Instruction {
  /** In capitals: `RUN`. */
  readonly keyword: string;
  readonly text: string;
  readonly line: number;
}

/** One `FROM` and what follows it. */
export interface Stage {
  /** As it is written: `node:24-slim@sha256:...`. */
  readonly image: string;
  readonly name: string | undefined;
  readonly line: number;
  readonly instructions: readonly Instruction[];
}

export interface Dockerfile {
  readonly path: string;
  /** '' for the top. */
  readonly folder: string;
  readonly stages: readonly Stage[];
  /** What `ARG` before the first `FROM` says. */
  readonly arguments: ReadonlyMap<string, string>;
}

const dockerfile = /(?:^|\/)(?:(?:Dockerfile|Containerfile)(?:[.-][\w.-]+)?|[\w.-]+\.[Dd]ockerfile)$/;

/** The Dockerfiles of a repository; those that are only for development are left out. */
export const dockerfilesOf = fact((repository: Repository): readonly Dockerfile[] =>
  repository.files.flatMap(({ path, role }) => {
    if (
      role === 'fixture' ||
      !dockerfile.test(path) ||
      /(?:^|\/)\.devcontainer\/|Dockerfile[.-](?:dev|development|local|test|tests|e2e)$/i.test(path) ||
      path.endsWith('.dockerignore')
    )
      return [];
    const text = repository.read(path);
    return text === undefined || !/^[^\S\n]*FROM\s/im.test(text) ? [] : [dockerfileFrom(path, text)];
  }),
);

/** The programs that a `RUN` starts, as words. */
export function runWords(instruction: Instruction): (readonly string[])[] {
  const text = instruction.text.replace(/^(?:--\w+=\S+\s+)+/, '');
  return execForm(text) ? [execForm(text) ?? []] : shellCommandsIn(text).map(({ words }) => words);
}

/** The words of `["node", "server.js"]`; undefined for a shell text. */
export function execForm(text: string): readonly string[] | undefined {
  if (!/^\s*\[/.test(text)) return undefined;
  try {
    const words: unknown = JSON.parse(text);
    return Array.isArray(words) ? words.filter((word) => typeof word === 'string') : undefined;
  } catch {
    return undefined;
  }
}

/** Reads a Dockerfile. */
export function dockerfileFrom(path: string, text: string): Dockerfile {
  const stages: (Stage & { instructions: Instruction[] })[] = [];
  const known = new Map<string, string>();
  for (const instruction of instructionsIn(text)) {
    if (instruction.keyword === 'FROM') {
      const [, image = '', name] = /^(?:--\S+\s+)*(\S+)(?:\s+as\s+(\S+))?/i.exec(instruction.text) ?? [];
      stages.push({ image: filledIn(image, known), name, line: instruction.line, instructions: [] });
    } else if (stages.length > 0) stages.at(-1)?.instructions.push(instruction);
    else if (instruction.keyword === 'ARG') {
      const [name = '', value = ''] = instruction.text.split(/=(.*)/s);
      known.set(name.trim(), value.trim().replaceAll(/^["']|["']$/g, ''));
    }
  }
  return { path, folder: path.includes('/') ? path.slice(0, path.lastIndexOf('/')) : '', stages, arguments: known };
}

function filledIn(image: string, known: ReadonlyMap<string, string>): string {
  return image.replaceAll(
    /\$\{?(\w+)(?::-([^}]*))?\}?/g,
    (whole, name: string, otherwise?: string) => known.get(name) || otherwise || whole,
  );
}

function instructionsIn(text: string): Instruction[] {
  const found: Instruction[] = [];
  let open: { keyword: string; text: string; line: number } | undefined;
  let until: string | undefined;
  for (const [index, line] of text.split(/\r?\n/).entries()) {
    if (until !== undefined) {
      if (line.trim() === until) until = undefined;
      else if (open) open.text += `\n${line}`;
      if (until === undefined && open) {
        found.push(open);
        open = undefined;
      }
      continue;
    }
    if (/^\s*(?:#|$)/.test(line)) continue;
    const [, keyword = '', rest = ''] = open ? ['', '', line] : (/^\s*([A-Za-z]+)\s+(.*)$/.exec(line) ?? []);
    if (!open && keyword === '') continue;
    open ??= { keyword: keyword.toUpperCase(), text: '', line: index + 1 };
    open.text += rest.replace(/\\\s*$/, ' ');
    const [, mark] = /<<-?["']?(\w+)["']?\s*$/.exec(line) ?? [];
    if (mark !== undefined && open.keyword !== 'ENV') until = mark;
    else if (!/\\\s*$/.test(line)) {
      found.push(open);
      open = undefined;
    }
  }
  if (open) found.push(open);
  return found;
}
