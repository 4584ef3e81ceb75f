import { expect, test } from 'vitest';
import { replayText } from '../../src/flow/replay-text.ts';

/** Undoes the change from `before` to `after` in `now`; the text, or the lines that stand in the way. */
function undone(before: string, after: string, now: string, path = 'app.js'): string | number[] {
  const replayed = replayText(path, after, before, now);
  return replayed.ok ? replayed.text : replayed.conflicts.map(({ line }) => line);
}

test.each([
  ['a line that we added goes', 'a\nb\n', 'a\nX\nb\n', 'a\nX\nb\nmine\n', 'a\nb\nmine\n'],
  ['with neighbours that have changed', 'a\nb\n', 'a\nX\nb\n', 'A\nX\nB\n', 'A\nB\n'],
  ['with a line on each side that is new', 'a\nb\n', 'a\nX\nb\n', 'a\nn\nX\nm\nb\n', 'a\nn\nm\nb\n'],
  [
    'a line that we changed comes back',
    'a\nkey = 1\nb\n',
    'a\nkey = env\nb\n',
    'mine\nkey = env\nb\n',
    'mine\nkey = 1\nb\n',
  ],
  ['a line that we took out comes back', 'a\nold\nb\n', 'a\nb\n', 'a\nb\nmine\n', 'a\nold\nb\nmine\n'],
  ['what somebody has undone by hand is no obstacle', 'a\nb\n', 'a\nX\nb\n', 'a\nb\nmine\n', 'a\nb\nmine\n'],
  ['what somebody has put back by hand is no obstacle', 'a\nold\nb\n', 'a\nnew\nb\n', 'a\nold\nb\n', 'a\nold\nb\n'],
  [
    'a line that was moved goes where it is now',
    'a\nb\nc\n',
    'a\nguard(app)\nb\nc\n',
    'a\nb\nc\nguard(app)\n',
    'a\nb\nc\n',
  ],
  ['line ends that were converted', 'a\nb\n', 'a\nX\nb\n', 'a\r\nX\r\nb\r\nmine\r\n', 'a\r\nb\r\nmine\r\n'],
  ['a last line without its end, with a line after it', 'a\nb', 'a\nb\nX\n', 'a\nb\nX\nmine\n', 'a\nb\nmine\n'],
  ['a last line without its end, and ours last', 'a\nb', 'a\nb\nX', 'mine\na\nb\nX', 'mine\na\nb'],
  ['ours last, where another line of ours is gone', 'a\nX', 'a\nX\nY', 'a\nY', 'a'],
  ['the only lines of a file', '', 'X\nY\n', 'X\nY\nmine\n', 'mine\n'],
])('%s', (_what, before, after, now, expected) => {
  expect(undone(before, after, now)).toBe(expected);
});

test.each([
  ['a line of ours that was edited', 'a\nb\n', 'a\nguard()\nb\n', 'a\nguard(1)\nb\n', [2]],
  ['a line of ours that stands twice elsewhere', 'a\nb\n', 'a\nguard()\nmore()\nb\n', 'guard()\na\nb\nguard()\n', [1]],
  ['a line between ours', 'a\nb\n', 'a\nfirst\nsecond\nb\n', 'a\nfirst\nmine\nsecond\nb\n', [2]],
  ['something else where ours was taken out', 'a\nold\nb\n', 'a\nb\n', 'a\nmine\nb\n', [2]],
  ['a file that was written anew', 'a\nb\n', 'a\nguard()\nb\n', 'x\ny\n', [1]],
])('%s is left to a person', (_what, before, after, now, lines) => {
  expect(undone(before, after, now)).toEqual(lines);
});

test('lists of lines lose ours line by line', () => {
  expect(undone('', 'A=1\nB=2\nC=3\n', 'A=1\nMINE=1\nC=3\nMORE=2\n', '.env')).toBe('MINE=1\nMORE=2\n');
  expect(undone('dist\n', 'dist\n.env\n*.pem\n', 'dist\n.env\nmine\n*.pem\n', 'sub/.gitignore')).toBe('dist\nmine\n');
  expect(undone('A=1\n', 'A=2\n', 'A=3\n', '.env.local')).toEqual([1]);
});

const before =
  '{\n  "name": "x",\n  "scripts": {\n    "start": "node app.js"\n  },\n  "dependencies": {\n    "express": "4.0.0"\n  }\n}\n';
const after = before
  .replace('node app.js', 'node --import ./telemetry.js app.js')
  .replace('"4.0.0"\n  }', '"4.0.0",\n    "helmet": "8.0.0"\n  },\n  "engines": {\n    "node": ">=20"\n  }');

test.each([
  ['untouched', after, before],
  [
    'a dependency after ours',
    after.replace('"8.0.0"', '"8.0.0",\n    "zod": "4.0.0"'),
    before.replace('"4.0.0"', '"4.0.0",\n    "zod": "4.0.0"'),
  ],
  [
    'a dependency before ours',
    after.replace('"4.0.0",', '"4.0.0",\n    "got": "1.0.0",'),
    before.replace('"4.0.0"', '"4.0.0",\n    "got": "1.0.0"'),
  ],
  ['a word in our script', after.replace('app.js', 'app.js --port 3'), before.replace('app.js', 'app.js --port 3')],
  [
    'another flag beside ours',
    after.replace('./telemetry.js', './telemetry.js --import ./mine.js'),
    before.replace('node app', 'node --import ./mine.js app'),
  ],
  ['ours taken out already', after.replace(',\n    "helmet": "8.0.0"', ''), before],
  [
    'a value in the object that we made',
    after.replace('">=20"', '">=20",\n    "npm": ">=10"').replace('"8.0.0"', '"8.0.0",\n    "a": "1"'),
    before.replace('"4.0.0"\n  }', '"4.0.0",\n    "a": "1"\n  },\n  "engines": {\n    "npm": ">=10"\n  }'),
  ],
  [
    'written anew with tabs',
    `${JSON.stringify(JSON.parse(after), null, '\t')}\n`,
    `${JSON.stringify(JSON.parse(before), null, '\t')}\n`,
  ],
  [
    'a byte order mark and other line ends',
    `\uFEFF${after.replaceAll('\n', '\r\n').replace('"8.0.0"', '"8.0.0",\r\n    "zod": "4.0.0"')}`,
    `\uFEFF${before.replaceAll('\n', '\r\n').replace('"4.0.0"', '"4.0.0",\r\n    "zod": "4.0.0"')}`,
  ],
])('package.json: %s', (_what, now, expected) => {
  expect(undone(before, after, now, 'package.json')).toBe(expected);
});

test('package.json: a version of ours that somebody has raised is left to a person', () => {
  const now = after.replace('"8.0.0"', '"9.0.0"');
  expect(undone(before, after, now, 'package.json')).toEqual([7]);
});

test('lists and comments in JSON survive', () => {
  const was = '{\n  // mine\n  "include": ["src"],\n}\n';
  const is = '{\n  // mine\n  "include": ["src", "guards"],\n}\n';
  expect(undone(was, is, is.replace('"guards"', '"guards", "test"'), 'tsconfig.json')).toMatch(
    /\/\/ mine[^]*"src",\s*"test"/,
  );
});
