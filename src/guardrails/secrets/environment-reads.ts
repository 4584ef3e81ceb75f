import { posix } from 'node:path';
import type { Setting } from '../../flow/project.ts';
import { lineEnd } from '../../tree/lines.ts';
import type { Edit } from '../../tree/tree.ts';

const configPath = 'src/guardrails/config.ts';
const variable = String.raw`process\.env(?:\.|\[['"])([A-Z][A-Z0-9_]*)(?:['"]\])?`;
const quotedText = String.raw`'[^'\\]*'|"[^"\\]*"`;

/** The shapes that are edited: how they look, and which settings fit. */
const shapes = [
  {
    looks: new RegExp(String.raw`(?:Number|parseInt)\(${variable} (?:\?\?|\|\|) (${quotedText}|\d+)(?:, 10)?\)`, 'g'),
    fits: ({ code }: Setting): boolean => code.startsWith('z.coerce.number()'),
  },
  {
    looks: new RegExp(String.raw`${variable} \?\? (${quotedText})`, 'g'),
    fits: ({ code }: Setting): boolean => !code.startsWith('z.coerce'),
  },
];

/**
 * Turns simple reads of the environment, such as `Number(process.env.PORT ?? 3000)`, into `config.PORT`, and imports the
 * configuration. Only on one line, only for the given settings, and only where the default value is that of the setting.
 */
export function readFromConfig(path: string, settings: readonly Setting[]): Edit {
  return (text) => {
    if (!text.includes('process.env')) return false;
    const eol = lineEnd(text);
    const lines = text.split(eol);
    const edited = lines.map((line) => (isComment(line) ? line : replaceReads(line, settings)));
    const changed = edited.some((line, index) => line !== lines[index]);
    return changed ? importConfig(edited, path).join(eol) : false;
  };
}

function replaceReads(line: string, settings: readonly Setting[]): string {
  return shapes.reduce(
    (code, { looks, fits }) =>
      code.replace(looks, (whole: string, name: string, fallback: string) => {
        const setting = settings.find((candidate) => candidate.name === name);
        return setting && fits(setting) && hasDefault(setting, fallback) ? `config.${name}` : whole;
      }),
    line,
  );
}

/** The default of the setting is the one in the line, quoted or not. */
function hasDefault({ kind, code }: Setting, fallback: string): boolean {
  const own = /\.default\((.*)\)$/.exec(code)?.[1];
  return kind === 'setting' && own !== undefined && unquoted(own) === unquoted(fallback);
}

function unquoted(text: string): string {
  return text.replace(/^(['"])(.*)\1$/, '$2');
}

function isComment(line: string): boolean {
  return /^\s*(?:\/\/|\/?\*)/.test(line);
}

/** The import joins the last of the file's imports, with their quotes and semicolon; it comes first where there are none. */
function importConfig(lines: readonly string[], path: string): readonly string[] {
  if (lines.some((line) => /^import \{.*\bconfig\b.*\} from /.test(line))) return lines;
  const last = lines.findLastIndex((line) => /^(?:import .*|\} )from ['"][^'"]+['"];?$/.test(line));
  const model = lines[last] ?? "';";
  const quote = model.includes('"') ? '"' : "'";
  const from = posix.relative(posix.dirname(path), configPath).replace(/^(?!\.)/, './');
  const line = `import { config } from ${quote}${from}${quote}${model.endsWith(';') ? ';' : ''}`;
  return lines.toSpliced(last + 1, 0, line);
}
