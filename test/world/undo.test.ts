import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { KnownError } from '../../src/errors.ts';
import type { Step } from '../../src/tree/step.ts';
import { addToRecord } from '../../src/world/add-to-record.ts';
import { settleJournal } from '../../src/world/settle-journal.ts';
import { statePlaces } from '../../src/world/state-folder.ts';
import { applyUndo, openUndo } from '../../src/world/undo.ts';
import { applyChanges } from '../../src/world/write-changes.ts';
import { chance, folderWith, generatedCase, pictureOf, put } from '../support/trees.ts';

function undo(root: string, environment: Record<string, string>, by?: string): void {
  applyUndo(root, openUndo(root, by, environment), { environment });
}

const isRecorded = (root: string, environment: Record<string, string>): boolean =>
  statePlaces(root, environment).some(({ folder }) => existsSync(join(folder, 'runs', '0001.json')));

test('undo gives every byte and every mode back, and forgets what it has undone', () => {
  for (let seed = 100; seed < 140; seed++) {
    const { folder, steps } = generatedCase(seed);
    const environment = { XDG_STATE_HOME: folderWith({}) };
    const before = pictureOf(folder);
    if (!applyChanges(folder, steps, { environment })) continue;
    undo(folder, environment);
    expect(pictureOf(folder), `seed ${seed}`).toEqual(before);
    expect(isRecorded(folder, environment)).toBe(false);
    expect(() => openUndo(folder, undefined, environment)).toThrow('Nothing is recorded');
  }
});

test('guardrails can be taken out one by one, in any order', () => {
  for (let seed = 200; seed < 240; seed++) {
    const { folder, steps } = generatedCase(seed);
    const environment = { XDG_STATE_HOME: folderWith({}) };
    const before = pictureOf(folder);
    // What one guardrail removes, another cannot have changed before: such a removal is undone first.
    const kept = steps.filter(({ kind }) => kind !== 'remove');
    if (!applyChanges(folder, kept, { environment })) continue;
    const { below } = chance(seed);
    const left = [...new Set(kept.map(({ by }) => by))];
    while (left.length > 0) undo(folder, environment, left.splice(below(left.length), 1)[0]);
    expect(pictureOf(folder), `seed ${seed}`).toEqual(before);
  }
});

test('what the user has added since survives, byte by byte', () => {
  for (let seed = 300; seed < 340; seed++) {
    const { folder, steps } = generatedCase(seed);
    const environment = { XDG_STATE_HOME: folderWith({}) };
    const edits = steps.filter(({ kind }) => kind === 'edit');
    if (!applyChanges(folder, edits, { environment })) continue;
    const expected = new Map<string, string>();
    for (const path of new Set(edits.map((step) => step.path))) {
      const original = edits.find((step) => step.path === path) as Step & { before: string };
      const mine = (text: string): string => `mine ${seed}${text.includes('\r\n') ? '\r\n' : '\n'}${text}`;
      expected.set(path, mine(original.before));
      writeFileSync(join(folder, path), mine(readFileSync(join(folder, path), 'utf8')));
    }
    undo(folder, environment);
    for (const [path, text] of expected) expect(readFileSync(join(folder, path), 'utf8'), `seed ${seed}`).toBe(text);
  }
});

test(
  'an undo that is killed at any effect leaves the tree as it was before the undo, or undone',
  { timeout: 120_000 },
  () => {
    for (const seed of [401]) {
      for (let last = 0, ended = false; !ended; last++) {
        const { folder, steps } = generatedCase(seed);
        const environment = { XDG_STATE_HOME: folderWith({}) };
        const before = pictureOf(folder);
        applyChanges(folder, steps, { environment });
        const applied = pictureOf(folder);
        let effect = 0;
        const pause = (): void => {
          if (effect++ >= last) throw new Error('killed');
        };
        try {
          applyUndo(folder, openUndo(folder, undefined, environment), { environment, pause });
          ended = true;
        } catch {
          // What was killed is settled below.
        }
        settleJournal(folder, { environment });
        const isUndone = JSON.stringify(pictureOf(folder)) === JSON.stringify(before);
        if (!isUndone) expect(pictureOf(folder), `seed ${seed} effect ${last}`).toEqual(applied);
        expect(isRecorded(folder, environment), `seed ${seed} effect ${last}`).toBe(!isUndone);
        rmSync(folder, { recursive: true });
      }
    }
  },
);

const app = { 'app.js': "import express from 'express';\nconst app = express();\napp.listen(3000);\n" };
const guarded = app['app.js'].replace('express();\n', 'express();\nguard(app);\n');

test('an edit on our line refuses the whole undo, unless the rest is asked for', () => {
  const root = folderWith(app);
  const environment = { XDG_STATE_HOME: folderWith({}) };
  applyChanges(
    root,
    [
      { kind: 'edit', path: 'app.js', by: 'auth', before: app['app.js'], after: guarded },
      { kind: 'create', path: 'guards/access.js', by: 'auth', after: 'table\n' },
    ],
    { environment },
  );
  put(root, 'app.js', guarded.replace('guard(app)', 'guard(app, mine)'));
  const plan = openUndo(root, 'auth', environment);
  expect(() => applyUndo(root, plan, { environment })).toThrow(KnownError);
  expect(existsSync(join(root, 'guards/access.js'))).toBe(true);
  applyUndo(root, plan, { environment, leaveByHand: true });
  expect(Object.keys(pictureOf(root))).toEqual(['app.js']);
  put(root, 'app.js', app['app.js']);
  undo(root, environment, 'auth');
  expect(() => openUndo(root, 'auth', environment)).toThrow('Nothing is recorded');
});

test('a file that changes between the plan and the undo is not overwritten', () => {
  const root = folderWith(app);
  const environment = { XDG_STATE_HOME: folderWith({}) };
  applyChanges(root, [{ kind: 'edit', path: 'app.js', by: 'auth', before: app['app.js'], after: guarded }], {
    environment,
  });
  const plan = openUndo(root, undefined, environment);
  put(root, 'app.js', 'mine');
  expect(() => applyUndo(root, plan, { environment })).toThrow('has changed since');
  expect(readFileSync(join(root, 'app.js'), 'utf8')).toBe('mine');
});

test('a folder that we made stays while somebody has something in it', () => {
  const root = folderWith({});
  const environment = { XDG_STATE_HOME: folderWith({}) };
  applyChanges(root, [{ kind: 'create', path: 'guards/deep/a.js', by: 'auth', after: 'a' }], { environment });
  put(root, 'guards/mine.js', 'mine');
  undo(root, environment);
  expect(Object.keys(pictureOf(root))).toEqual(['guards', 'guards/mine.js']);
});

test('the lock file that an install has changed comes back with the rest', () => {
  const root = folderWith({ 'package.json': '{}\n', 'bun.lockb': Buffer.from([0xff, 1]) });
  const environment = { XDG_STATE_HOME: folderWith({}) };
  const before = pictureOf(root);
  const edit = {
    kind: 'edit',
    path: 'package.json',
    by: 'auth',
    before: '{}\n',
    after: '{ "private": true }\n',
  } as const;
  const record = applyChanges(root, [edit], { environment });
  put(root, 'bun.lockb', Buffer.from([0xff, 2]));
  const lock = {
    kind: 'edit',
    path: 'bun.lockb',
    by: 'install',
    before: new Uint8Array([0xff, 1]),
    after: new Uint8Array([0xff, 2]),
  } as const;
  addToRecord(root, record?.id ?? '', [lock], { environment });
  undo(root, environment);
  expect(pictureOf(root)).toEqual(before);
});

test('an unknown guardrail is told those that are known', () => {
  const root = folderWith({});
  const environment = { XDG_STATE_HOME: folderWith({}) };
  applyChanges(root, [{ kind: 'create', path: 'a.js', by: 'auth', after: 'a' }], { environment });
  expect(() => openUndo(root, 'oath', environment)).toThrow(
    expect.objectContaining({
      failure: expect.objectContaining({ code: 'nothing-to-undo', next: 'What can be undone: auth.' }),
    }),
  );
});
