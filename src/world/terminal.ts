import picocolors from 'picocolors';

type Environment = Readonly<Record<string, string | undefined>>;

/** Where a person reads and types, or does not. */
export interface Terminal {
  /** True when both ends are a terminal: only then may anything be asked. */
  readonly interactive: boolean;
  /** True when a line may be drawn over. */
  readonly animated: boolean;
  /** Columns; 80 where nobody knows. */
  readonly width: number;
  readonly colors: ReturnType<typeof picocolors.createColors>;
  /** A line on standard output. */
  print(line: string): void;
  /** A line on standard error. */
  complain(line: string): void;
  /** Draws over the current line; an empty text clears it. Does nothing where that is not possible. */
  draw(line: string): void;
}

/** The terminal of this process. */
export function openTerminal(environment: Environment, plain: boolean): Terminal {
  const stdout = listening(process.stdout);
  let stderr: NodeJS.WriteStream | undefined;
  const animated = stdout.isTTY === true && environment['TERM'] !== 'dumb' && !environment['CI'];
  return {
    interactive: stdout.isTTY === true && process.stdin.isTTY === true,
    animated,
    width: Math.max(40, Math.min(stdout.columns || 80, 120)),
    colors: picocolors.createColors(!plain && wantsColor(environment, stdout.isTTY === true)),
    print: (line) => void stdout.write(`${line}\n`),
    complain: (line) => void (stderr ??= listening(process.stderr)).write(`${line}\n`),
    draw: (line) => void (animated && stdout.write(`\r\u001b[K${line}`)),
  };
}

function listening(stream: NodeJS.WriteStream): NodeJS.WriteStream {
  return stream.on('error', ignoreClosedPipe);
}

/** Whoever reads may stop reading (`| head`): the work goes on. */
function ignoreClosedPipe(error: NodeJS.ErrnoException): void {
  if (error.code !== 'EPIPE') throw error;
}

/** NO_COLOR wins, then FORCE_COLOR (0 turns it off), then whether anybody looks. */
function wantsColor(environment: Environment, isTerminal: boolean): boolean {
  if (environment['NO_COLOR']) return false;
  const forced = environment['FORCE_COLOR'];
  if (forced !== undefined && forced !== '') return forced !== '0' && forced !== 'false';
  return isTerminal && environment['TERM'] !== 'dumb';
}

/** Text in lines of at most `width` columns, broken between words; every line starts with `indent`, the first with `start`. */
export function wrap(text: string, width: number, indent = '', start = indent): string {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    const longer = line === '' ? word : `${line} ${word}`;
    if (line !== '' && indent.length + visibleLength(longer) > width) {
      lines.push(line);
      line = word;
    } else line = longer;
  }
  return [...lines, line].map((content, index) => (index === 0 ? start : indent) + content).join('\n');
}

/** Columns of a text without its colours. */
function visibleLength(text: string): number {
  // oxlint-disable-next-line no-control-regex
  return text.replace(/\u001b\[[\d;]*m/g, '').length;
}
