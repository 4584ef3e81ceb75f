import { afterEach, expect, test, vi } from 'vitest';
import { openWatched } from '../../src/world/watched.ts';

afterEach(() => void vi.useRealTimers());

/** A terminal that remembers what was drawn. */
function terminal(isTTY: boolean): { stream: NodeJS.WriteStream; drawn: string[] } {
  const drawn: string[] = [];
  const stream = { isTTY, columns: 20, write: (text: string) => drawn.push(text) } as unknown as NodeJS.WriteStream;
  return { stream, drawn };
}

test('long work says how far it is, cut to the line, and clears it at the end', () => {
  vi.useFakeTimers();
  const { stream, drawn } = terminal(true);
  const watched = openWatched({}, stream);
  watched.say('at once: not seen');
  vi.advanceTimersByTime(1000);
  watched.say('a long text that does not fit');
  watched.say('too soon after the last one');
  watched.end();
  expect(drawn).toEqual(['\r\u001b[Ka long text that do', '\r\u001b[K']);
});

test.each([
  ['without a terminal', false, {}],
  ['in CI', true, { CI: 'true' }],
  ['on a dumb terminal', true, { TERM: 'dumb' }],
])('nothing is drawn %s', (_, isTTY, environment) => {
  vi.useFakeTimers();
  const { stream, drawn } = terminal(isTTY);
  const watched = openWatched(environment, stream);
  vi.advanceTimersByTime(1000);
  watched.say('text');
  watched.end();
  expect(drawn).toEqual([]);
});
