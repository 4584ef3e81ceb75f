import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildSync } from 'esbuild';
import { expect, test } from 'vitest';
import { KnownError } from '../../src/errors.ts';
import type { Step } from '../../src/tree/step.ts';
import { settleJournal } from '../../src/world/settle-journal.ts';
import { statePlaces } from '../../src/world/state-folder.ts';
import { applyChanges } from '../../src/world/write-changes.ts';
import { folderWith, generatedCase, pictureOf, put } from '../support/trees.ts';
import { usersNode } from '../support/users-node.ts';

/** From one effect on, nothing happens any more: as if the process had been killed, without starting one. */
function killedAt(number: number): () => void {
  let effect = 0;
  return () => {
    if (effect++ >= number) throw new Error('killed');
  };
}

/** Runs until it is killed at an effect; tells whether it came to its end before that. */
function comesToItsEnd(work: () => unknown): boolean {
  try {
    work();
    return true;
  } catch {
    return false;
  }
}

test(
  'killed at any effect, and the settling killed at any effect too: the old tree or the new one',
  { timeout: 300_000 },
  () => {
    const outcomes = new Set<string>();
    for (let seed = 0; seed < 4; seed++) {
      for (let effect = 0, ended = false; !ended; effect++) {
        const { folder, steps } = generatedCase(seed);
        const environment = { XDG_STATE_HOME: folderWith({}) };
        const before = pictureOf(folder);
        ended = comesToItsEnd(() => applyChanges(folder, steps, { environment, pause: killedAt(effect) }));
        const again = (effect * 7 + seed) % 23;
        comesToItsEnd(() => settleJournal(folder, { environment, pause: killedAt(again) }));
        const settled = settleJournal(folder, { environment });
        const after = pictureOf(folder);
        const isOld = JSON.stringify(after) === JSON.stringify(before);
        outcomes.add(`${settled.kind} ${isOld ? 'old' : 'new'}`);
        if (!isOld) expect(after, `seed ${seed} effect ${effect}`).toEqual(newTree(seed));
        expect(settleJournal(folder, { environment })).toEqual({ kind: 'nothing' });
        for (const { folder: place } of statePlaces(folder, environment)) expect(leftIn(place)).toEqual([]);
        rmSync(folder, { recursive: true });
      }
    }
    expect([...outcomes].toSorted()).toEqual(['finished new', 'nothing new', 'nothing old', 'taken back old']);
  },
);

const newTrees = new Map<number, Record<string, string>>();

function newTree(seed: number): Record<string, string> {
  const known = newTrees.get(seed);
  if (known) return known;
  const { folder, steps } = generatedCase(seed);
  applyChanges(folder, steps, { environment: { XDG_STATE_HOME: folderWith({}) } });
  const picture = pictureOf(folder);
  newTrees.set(seed, picture);
  return picture;
}

/** What a run that was killed may have left beside its records. */
function leftIn(place: string): string[] {
  return [
    'lock',
    'journal-to-finish.json',
    'journal-to-take-back.json',
    'journal-to-take-back.json.new',
    'runs/0001.json.new',
  ].filter((name) => existsSync(join(place, name)));
}

test('a process that is killed with SIGKILL at every effect', { timeout: 300_000 }, () => {
  const files = { 'a.txt': '\uFEFFa\r\n', 'b/b.txt': 'b', 'c.txt': 'c' };
  const steps: Step[] = [
    { kind: 'edit', path: 'a.txt', by: 'auth', before: '\uFEFFa\r\n', after: '\uFEFFa\r\nA\r\n' },
    { kind: 'create', path: 'new/n.txt', by: 'auth', after: 'n' },
    { kind: 'remove', path: 'b/b.txt', by: 'auth', before: 'b' },
  ];
  const program = join(folderWith({}), 'write-and-die.cjs');
  buildSync({ entryPoints: ['test/support/write-and-die.ts'], outfile: program, bundle: true, platform: 'node' });
  const outcomes: string[] = [];
  for (let effect = 0; ; effect++) {
    const root = folderWith(files);
    const environment = { XDG_STATE_HOME: folderWith({}) };
    const before = pictureOf(root);
    const words = [program, root, JSON.stringify(steps), String(effect)];
    const env = { ...process.env, ...environment };
    const { signal, status, stderr } = spawnSync(usersNode, words, { env, encoding: 'utf8' });
    if (status === 0) break;
    expect(signal, stderr).toBe('SIGKILL');
    outcomes.push(settleJournal(root, { environment }).kind);
    const texts = ['a.txt', 'b/b.txt', 'new/n.txt'].map(
      (path) => existsSync(join(root, path)) && readFileSync(join(root, path), 'utf8'),
    );
    if (texts[0] === files['a.txt']) expect(pictureOf(root), `effect ${effect}`).toEqual(before);
    else expect(texts, `effect ${effect}`).toEqual(['\uFEFFa\r\nA\r\n', false, 'n']);
  }
  expect(new Set(outcomes)).toEqual(new Set(['nothing', 'taken back', 'finished']));
  expect(outcomes.length).toBeGreaterThan(25);
});

/** A run that dies after it has put its first file in place, and a person who then edits. */
function diesHalfWay(edits: Readonly<Record<string, string>>): {
  root: string;
  settled: ReturnType<typeof settleJournal>;
} {
  const root = folderWith({ 'a.txt': 'a', 'b.txt': 'b', 'c.txt': 'c' });
  const environment = { XDG_STATE_HOME: folderWith({}) };
  const steps = ['a', 'b', 'c'].map((name): Step => ({
    kind: 'edit',
    path: `${name}.txt`,
    by: 'auth',
    before: name,
    after: `${name}!`,
  }));
  let isDead = false;
  const pause = (what: string): void => {
    isDead ||= what.startsWith('rename') && what.endsWith('b.txt');
    if (isDead) throw new Error('killed');
  };
  comesToItsEnd(() => applyChanges(root, steps, { environment, pause }));
  for (const [path, text] of Object.entries(edits)) put(root, path, text);
  return { root, settled: settleJournal(root, { environment }) };
}

const textsIn = (root: string): string[] =>
  ['a', 'b', 'c'].map((name) => readFileSync(join(root, `${name}.txt`), 'utf8'));

test('what was ready is finished, and an edit of a file that was in place already stays', () => {
  const { root, settled } = diesHalfWay({ 'a.txt': 'a! and mine' });
  expect(settled).toMatchObject({ kind: 'finished', edited: ['a.txt'], why: expect.stringContaining('ready') });
  expect(textsIn(root)).toEqual(['a! and mine', 'b!', 'c!']);
});

test('an edit of a file that was not reached takes the rest back', () => {
  const { root, settled } = diesHalfWay({ 'c.txt': 'c and mine' });
  expect(settled).toMatchObject({
    kind: 'taken back',
    edited: ['c.txt'],
    why: expect.stringContaining('edited since'),
  });
  expect(textsIn(root)).toEqual(['a', 'b', 'c and mine']);
  expect(Object.keys(pictureOf(root))).toEqual(['a.txt', 'b.txt', 'c.txt']);
});

test('git clean after a kill does no harm', () => {
  const root = folderWith({ 'a.txt': 'a', 'b.txt': 'b' });
  const environment = { XDG_STATE_HOME: folderWith({}) };
  const steps = ['a', 'b'].map((name): Step => ({
    kind: 'edit',
    path: `${name}.txt`,
    by: 'auth',
    before: name,
    after: `${name}!`,
  }));
  let isDead = false;
  const pause = (what: string): void => {
    isDead ||= what.startsWith('rename') && what.endsWith('a.txt');
    if (isDead) throw new Error('killed');
  };
  comesToItsEnd(() => applyChanges(root, steps, { environment, pause }));
  for (const path of Object.keys(pictureOf(root))) if (path.endsWith('~')) rmSync(join(root, path));
  expect(settleJournal(root, { environment }).kind).toBe('finished');
  expect(readFileSync(join(root, 'a.txt'), 'utf8') + readFileSync(join(root, 'b.txt'), 'utf8')).toBe('a!b!');
});

test('a run that is alive is not disturbed', () => {
  const root = folderWith({ 'a.txt': 'a' });
  const environment = { XDG_STATE_HOME: folderWith({}) };
  const place = statePlaces(root, environment)[0]?.folder ?? '';
  mkdirSync(place, { recursive: true });
  writeFileSync(join(place, 'lock'), `${process.ppid}\n`);
  const step: Step = { kind: 'edit', path: 'a.txt', by: 'auth', before: 'a', after: 'b' };
  for (const work of [() => settleJournal(root, { environment }), () => applyChanges(root, [step], { environment })])
    expect(work).toThrow(expect.objectContaining({ failure: expect.objectContaining({ code: 'another-run' }) }));
  expect(readFileSync(join(root, 'a.txt'), 'utf8')).toBe('a');
});

const climbing = (file: object, remembered: object): string =>
  `["text:x"]\n${JSON.stringify({ version: 1, files: [file], makes: [], clears: [], remember: [remembered] })}\n`;

test('a journal that cannot be read stops everything, and so does one of a newer version, or one that names files elsewhere', () => {
  const texts = [
    'half of a jour',
    '[]\n{"version":2}\n',
    climbing({ path: 'a.txt', waits: '../../x', after: 0 }, { place: 'user', id: '0001', record: null }),
    climbing({ path: 'a.txt', waits: '.shipshape-00000000-0~' }, { place: 'user', id: '../../../x', record: null }),
  ];
  for (const text of texts) {
    const root = folderWith({ 'a.txt': 'a' });
    const environment = { XDG_STATE_HOME: folderWith({}) };
    const place = statePlaces(root, environment)[0]?.folder ?? '';
    put(place, 'journal-to-finish.json', text);
    expect(() => settleJournal(root, { environment })).toThrow(KnownError);
    expect(existsSync(join(place, 'journal-to-finish.json'))).toBe(true);
  }
});

test('a journal whose paths lead out of the project changes nothing there', () => {
  const above = folderWith({ 'root/a.txt': 'a', 'outside.txt': 'old' });
  const root = join(above, 'root');
  const environment = { XDG_STATE_HOME: folderWith({}) };
  const place = statePlaces(root, environment)[0]?.folder ?? '';
  const file = { path: '../outside.txt', waits: '.shipshape-00000000-0~', before: 1, after: 0 };
  put(
    place,
    'journal-to-finish.json',
    `["text:new","text:old"]\n${JSON.stringify({ version: 1, files: [file], makes: [], clears: ['..'], remember: [] })}\n`,
  );
  expect(settleJournal(root, { environment })).toMatchObject({ edited: ['../outside.txt'] });
  expect(readFileSync(join(above, 'outside.txt'), 'utf8')).toBe('old');
});

test('where nothing was left, nothing is made', () => {
  const root = folderWith({});
  const home = folderWith({});
  expect(settleJournal(root, { environment: { XDG_STATE_HOME: home } })).toEqual({ kind: 'nothing' });
  expect(pictureOf(home)).toEqual({});
});
