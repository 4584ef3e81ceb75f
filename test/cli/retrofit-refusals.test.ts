import { mkdirSync, readFileSync, symlinkSync, unlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, test, vi } from 'vitest';
import { done, git, makeReadOnly, orders, prototype, put, quickly, run, textOf, tree } from './retrofit-prototype.ts';
import { emptyFolder } from './shipshape.ts';

// Each test starts the program a few times, maybe on a busy computer.
vi.setConfig({ testTimeout: 120_000 });

const server = orders['server.js'] ?? '';

/** Refused with a code and a sentence, and nothing is written. */
function refused(folder: string, words: readonly string[], code: string, says: string): void {
  const before = tree(folder);
  const { code: ended, err, out } = run(folder, ...words, '--json');
  expect(ended, `${out}\n${err}`).toBe(2);
  expect(JSON.parse(out)).toMatchObject({ code });
  expect(out).toContain(says);
  expect(tree(folder)).toEqual(before);
}

describe('what is no project', () => {
  test('a folder that is not there', () => {
    refused(emptyFolder(), ['retrofit', 'nowhere', ...quickly], 'not-a-folder', 'nowhere');
  });

  test('an empty folder, and one without a program', () => {
    const folder = emptyFolder();
    refused(folder, ['retrofit', ...quickly], 'not-a-project', 'no JavaScript or TypeScript');
    put(folder, { 'README.md': '# To do\n' });
    const { code, err } = run(folder, 'retrofit', ...quickly);
    expect([code, err]).toEqual([2, expect.stringContaining('no JavaScript or TypeScript') as string]);
    expect(tree(folder)).toHaveProperty(['README.md']);
  });

  test('without an owner nothing begins', () => {
    refused(prototype(), ['retrofit', '--yes'], 'missing-owner', '--owner');
  });

  test('two folders are one too many', () => {
    refused(prototype(), ['retrofit', '.', 'other', ...quickly], 'too-many-arguments', 'One folder');
  });
});

test('nobody has agreed that the code is run: nothing is written', () => {
  refused(prototype(), ['retrofit', '--owner', '@ana'], 'not-agreed', '--prove no');
});

describe('odd projects', () => {
  test('without a package.json it says so, and does what it can', () => {
    const folder = prototype();
    unlinkSync(join(folder, 'package.json'));
    const { code, out, err } = run(folder, 'retrofit', ...quickly, '--allow-dirty');
    expect([0, 2]).toContain(code);
    expect(`${out}${err}`).toMatch(/package\.json/);
    expect(err).not.toMatch(/\bat .*\.[cm]?js:\d+/);
  });

  test('a syntax error in the entry is told, and that file is left alone', () => {
    const folder = prototype({ 'server.js': `${server}\nfunction (\n` });
    const { code, out, err } = run(folder, 'retrofit', ...quickly);
    expect(code, out + err).toBe(0);
    expect(out).toMatch(/server\.js/);
    expect(textOf(folder, 'server.js')).toBe(`${server}\nfunction (\n`);
  });

  test('a .gitignore in UTF-16 is not turned into rubbish', () => {
    const bytes = Buffer.from('\ufeffnode_modules\r\n', 'utf16le');
    const folder = prototype({ '.gitignore': bytes });
    const { code, out, err } = run(folder, 'retrofit', ...quickly);
    expect(code, out + err).toBe(0);
    expect(readFileSync(join(folder, '.gitignore')).equals(bytes)).toBe(true);
    expect(out.replaceAll(/\s+/g, ' ')).toContain('.gitignore');
  });

  test('a file that may not be written stops all of it', () => {
    const folder = prototype();
    makeReadOnly(folder, 'server.js');
    const before = tree(folder);
    const { code, err } = run(folder, 'retrofit', ...quickly);
    if (process.getuid?.() === 0 && code === 0) return;
    expect([code, err]).toEqual([2, expect.stringContaining('server.js') as string]);
    expect(tree(folder)).toEqual(before);
  });

  test.skipIf(process.platform === 'win32')('an entry that is a link is not written through', () => {
    const folder = prototype();
    const outside = join(dirname(folder), 'elsewhere.js');
    writeFileSync(outside, server);
    unlinkSync(join(folder, 'server.js'));
    symlinkSync(outside, join(folder, 'server.js'));
    const { code, err } = run(folder, 'retrofit', ...quickly, '--allow-dirty');
    expect(readFileSync(outside, 'utf8')).toBe(server);
    expect(code === 0 || code === 2, err).toBe(true);
    expect(err).not.toMatch(/\bat .*\.[cm]?js:\d+/);
  });
});

describe('a tree with changes that are not committed', () => {
  test('is refused where they would be touched, and says in which file', () => {
    const folder = prototype();
    put(folder, { 'server.js': `${server}// mine\n` });
    refused(folder, ['retrofit', ...quickly], 'not-agreed', 'server.js (changed)');
  });

  test('does not matter where they would not', () => {
    const folder = prototype();
    put(folder, { 'public/index.html': '<h1>Mine</h1>\n', 'notes.txt': 'mine\n' });
    done(folder, 'retrofit', ...quickly);
    expect(textOf(folder, 'public/index.html')).toBe('<h1>Mine</h1>\n');
  });

  test('--allow-dirty keeps them, and undo keeps them too', () => {
    const folder = prototype();
    put(folder, { 'server.js': `${server}// mine\n` });
    const before = tree(folder);
    done(folder, 'retrofit', ...quickly, '--allow-dirty');
    expect(textOf(folder, 'server.js')).toMatch(/guard\(app\);[\s\S]*\/\/ mine\n$/);
    done(folder, 'undo');
    expect(tree(folder)).toEqual(before);
  });
});

/** A prototype with its plan, which lies beside it. */
function planned(): { readonly folder: string; readonly plan: string } {
  const folder = prototype();
  const plan = join(dirname(folder), 'plan.json');
  const before = tree(folder);
  done(folder, 'retrofit', ...quickly, '--plan-out', plan);
  expect(tree(folder)).toEqual(before);
  expect(readFileSync(plan, 'utf8')).not.toMatch(/sk_live/);
  return { folder, plan };
}

describe('a plan that is kept', () => {
  const apply = ['retrofit', '--prove', 'no', '--no-install', '--yes'];

  test('is applied as it was reviewed', () => {
    const { folder, plan } = planned();
    done(folder, ...apply, '--plan', plan);
    const straight = prototype();
    done(straight, 'retrofit', ...quickly);
    const { '.env': own, 'handover.html': page, ...rest } = tree(folder);
    const { '.env': otherOwn, 'handover.html': otherPage, ...others } = tree(straight);
    expect([own, page, otherOwn, otherPage].includes(undefined)).toBe(false);
    expect(rest).toEqual(others);
  });

  test('is refused after an edit, with the file that has changed', () => {
    const { folder, plan } = planned();
    put(folder, { 'server.js': server.replace('tea: 3', 'tea: 4') });
    refused(folder, [...apply, '--plan', plan, '--allow-dirty'], 'changed-meanwhile', 'server.js');
  });

  test.each(['open(process.exit())', "'user' + process.exit()", "open('a' + process.exit() + 'b')", 'anyOf(x)'])(
    'is refused with a rule that is code: %s',
    (rule) => {
      const { folder, plan } = planned();
      const read = JSON.parse(readFileSync(plan, 'utf8')) as { answers: { access: Record<string, string> } };
      read.answers.access['GET /orders'] = rule;
      writeFileSync(plan, JSON.stringify(read));
      refused(folder, [...apply, '--plan', plan], 'bad-value', 'no plan');
    },
  );

  test.each(['', '{}', 'null', '[1]', '{ "schema": 1, "version": "9.9.9" }'])('%j is none', (text) => {
    const folder = prototype();
    const plan = join(dirname(folder), 'plan.json');
    writeFileSync(plan, text);
    refused(folder, [...apply, '--plan', plan], 'bad-value', 'plan');
  });

  test('one that is not there, or a folder, is said', () => {
    const folder = prototype();
    mkdirSync(join(dirname(folder), 'plan.json'));
    refused(folder, [...apply, '--plan', '../plan.json'], 'bad-value', 'could not be read');
    refused(folder, [...apply, '--plan', '../none.json'], 'bad-value', 'could not be read');
  });
});

test('--commits needs a repository with a commit, and a branch that is new', () => {
  const folder = prototype();
  git(folder, 'branch', 'taken');
  refused(folder, ['retrofit', ...quickly, '--commits=taken'], 'cannot-commit', 'branch of that name');
  refused(folder, ['retrofit', ...quickly, '--commits=--orphan'], 'cannot-commit', 'name for a branch');
  const alone = join(emptyFolder(), 'orders');
  put(alone, orders);
  refused(alone, ['retrofit', ...quickly, '--commits'], 'cannot-commit', 'git');
});
