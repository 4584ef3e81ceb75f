type Environment = Readonly<Record<string, string | undefined>>;

/** A line that says how far long work is, on standard error, where somebody watches. */
export interface Watched {
  /** Says what is being done now; seen only when the work has taken a moment already. */
  say(text: string): void;
  /** Clears the line. */
  end(): void;
}

const patience = 400;
const between = 80;

/** Work that blocks cannot be animated, so it speaks up between its steps. Silent without a terminal, in CI and with TERM=dumb. */
export function openWatched(environment: Environment, stream: NodeJS.WriteStream = process.stderr): Watched {
  if (stream.isTTY !== true || environment['TERM'] === 'dumb' || environment['CI'])
    return { say: () => {}, end: () => {} };
  const started = Date.now();
  let last = 0;
  const draw = (text: string): void => void stream.write(`\r\u001b[K${text.slice(0, (stream.columns || 80) - 1)}`);
  return {
    say: (text) => {
      const now = Date.now();
      if (now - started < patience || now - last < between) return;
      last = now;
      draw(text);
    },
    end: () => {
      if (last > 0) draw('');
    },
  };
}
