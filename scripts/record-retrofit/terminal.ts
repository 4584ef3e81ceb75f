import { execFileSync } from 'node:child_process';
import { stripVTControlCharacters } from 'node:util';

const columns = 96;

/** Runs a line in a terminal of a fixed width, as somebody who sits in front of it, and gives what it showed, with its colours. */
export function shownBy(line: string, folder: string): string[] {
  const shell = `stty cols ${columns} rows 50; ${line}`;
  const shown = execFileSync('script', ['--quiet', '--return', '--command', shell, '/dev/null'], {
    cwd: folder,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, TERM: 'xterm-256color', FORCE_COLOR: '1' },
    maxBuffer: 20_000_000,
  });
  return shown.replaceAll('\r', '').split('\n');
}

/** The lines from one that begins with a text up to, and without, the next one that begins with another. Throws where there is none. */
export function part(lines: readonly string[], from: string, to: string): string[] {
  const plain = lines.map((line) => stripVTControlCharacters(line));
  const start = plain.findIndex((line) => line.startsWith(from));
  const length = plain.slice(start + 1).findIndex((line) => line.startsWith(to));
  if (start < 0 || length < 0) throw new Error(`The run did not show "${from}" before "${to}"`);
  return lines.slice(start, start + 1 + length);
}

/** Draws lines as a picture below the line that was typed. */
export function picture(typed: string, lines: readonly string[]): string {
  return execFileSync(process.execPath, ['--import', 'tsx', 'scripts/terminal-picture.ts', typed], {
    input: lines.join('\n'),
    encoding: 'utf8',
  });
}
