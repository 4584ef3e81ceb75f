import { expect, test } from 'vitest';
import { planUndo } from '../../src/flow/undo.ts';
import type { RecordedStep, UndoRecord } from '../../src/flow/undo-record.ts';

function recorded(
  by: string,
  path: string,
  before: string | undefined,
  after: string | undefined,
  rest: Partial<RecordedStep> = {},
): RecordedStep {
  return { by, path, before, after, modeBefore: 0o644, modeAfter: 0o644, hides: false, ...rest };
}

function record(id: string, ...steps: RecordedStep[]): UndoRecord {
  return { id, at: '2026-11-22T12:00:00.000Z', steps, folders: [] };
}

function plan(records: readonly UndoRecord[], files: Readonly<Record<string, string>>, by?: string, mode = 0o644) {
  return planUndo(records, (path) => (path in files ? { content: files[path] ?? '', mode } : undefined), by);
}

const run = record(
  '0001',
  recorded('auth', 'app.js', 'a\nb\n', 'a\nauth\nb\n'),
  recorded('logs', 'app.js', 'a\nauth\nb\n', 'a\nauth\nlogs\nb\n'),
  recorded('auth', 'access.js', undefined, 'table\n'),
  recorded('secrets', 'old.js', 'gone\n', undefined, { modeAfter: undefined, modeBefore: 0o755 }),
);
const files = { 'app.js': 'a\nauth\nlogs\nb\n', 'access.js': 'table\n' };

test('everything comes back, with its mode', () => {
  expect(plan([run], files)).toMatchObject({
    steps: [
      { kind: 'edit', path: 'app.js', after: 'a\nb\n' },
      { kind: 'remove', path: 'access.js' },
      { kind: 'create', path: 'old.js', after: 'gone\n', mode: 0o755 },
    ],
    byHand: [],
    remaining: new Map([['0001', null]]),
  });
});

test('one guardrail goes, the others stay recorded', () => {
  const { steps, remaining } = plan([run], files, 'auth');
  expect(steps).toMatchObject([
    { kind: 'edit', path: 'app.js', after: 'a\nlogs\nb\n' },
    { kind: 'remove', path: 'access.js' },
  ]);
  const left = remaining.get('0001');
  expect(left?.steps.map(({ by }) => by)).toEqual(['logs', 'secrets']);
  expect(plan([left as UndoRecord], { 'app.js': 'a\nlogs\nb\n' }).steps).toMatchObject([
    { path: 'app.js', after: 'a\nb\n' },
    { path: 'old.js' },
  ]);
});

test('a later run is no obstacle, and is undone with the rest', () => {
  const later = record('0002', recorded('ci', 'app.js', 'mine\na\nauth\nlogs\nb\n', 'mine\na\nauth\nlogs\nb\nci\n'));
  const now = { ...files, 'app.js': 'mine\na\nauth\nlogs\nb\nci\n' };
  expect(plan([run, later], now, 'auth').steps[0]).toMatchObject({ after: 'mine\na\nlogs\nb\nci\n' });
  expect(plan([run, later], now).steps[0]).toMatchObject({ after: 'mine\na\nb\n' });
});

test('what a later guardrail has built upon names that guardrail', () => {
  const built = record(
    '0001',
    recorded('auth', 'app.js', 'a\n', 'a\nuse(auth)\n'),
    recorded('logs', 'app.js', 'a\nuse(auth)\n', 'a\nuse(auth, logs)\n'),
  );
  expect(plan([built], { 'app.js': 'a\nuse(auth, logs)\n' }, 'auth')).toMatchObject({
    steps: [],
    byHand: [
      { path: 'app.js', line: 2, why: expect.stringContaining('undo logs first'), remove: ['use(auth)'], putBack: [] },
    ],
    remaining: new Map(),
  });
});

test('a secret that was there is never told', () => {
  const secret = record('0001', recorded('secrets', 'app.js', 'key = "sk-1"\n', 'key = env\n', { hides: true }));
  const { byHand } = plan([secret], { 'app.js': 'key = env ?? ""\n' });
  expect(byHand).toMatchObject([{ line: 1, remove: ['key = env'], putBack: undefined }]);
  expect(JSON.stringify(byHand)).not.toContain('sk-1');
});

test('files that we made and somebody edited stay, but lists lose our lines', () => {
  const made = record(
    '0001',
    recorded('auth', 'access.js', undefined, 'table\n'),
    recorded('auth', '.env', undefined, 'A=1\n'),
  );
  const result = plan([made], { 'access.js': 'table\nmine\n', '.env': 'A=1\nMINE=2\n' });
  expect(result.steps).toMatchObject([{ kind: 'edit', path: '.env', after: 'MINE=2\n' }]);
  expect(result.byHand).toMatchObject([{ path: 'access.js', line: 2 }]);
  expect(result.remaining.get('0001')?.steps.map(({ path }) => path)).toEqual(['access.js']);
});

test('what is gone already needs nothing', () => {
  expect(plan([run], { 'app.js': 'a\nb\n', 'old.js': 'gone\n' })).toMatchObject({
    steps: [],
    byHand: [],
  });
  expect(plan([run], {}, 'auth')).toMatchObject({
    steps: [],
    byHand: [],
    remaining: new Map([['0001', expect.anything()]]),
  });
});

test('a mode that we set goes back, one that somebody set stays', () => {
  const tightened = record('0001', recorded('secrets', '.env', 'A=1\n', 'A=1\n', { modeAfter: 0o600 }));
  expect(plan([tightened], { '.env': 'A=1\n' }, undefined, 0o600).steps).toMatchObject([{ mode: 0o644 }]);
  expect(plan([tightened], { '.env': 'A=1\n' }, undefined, 0o640).steps).toEqual([]);
});

const locked = record(
  '0001',
  recorded('auth', 'package.json', '{}\n', '{ "dependencies": {} }\n'),
  recorded('install', 'package-lock.json', 'old', 'new'),
);

test('a lock file comes back as a whole, or is left to the package manager', () => {
  const now = { 'package.json': '{ "dependencies": {} }\n', 'package-lock.json': 'new' };
  expect(plan([locked], now)).toMatchObject({
    steps: [{}, { path: 'package-lock.json', after: 'old' }],
    installAgain: true,
  });
  expect(plan([locked], now, 'auth')).toMatchObject({ steps: [{ path: 'package.json' }], installAgain: true });
  const edited = { ...now, 'package.json': '{ "dependencies": {}, "private": true }\n' };
  expect(plan([locked], edited)).toMatchObject({ steps: [{ path: 'package.json' }], installAgain: true });
  expect(plan([locked], { ...now, 'package-lock.json': 'newer' }).steps).toMatchObject([{ path: 'package.json' }]);
});
