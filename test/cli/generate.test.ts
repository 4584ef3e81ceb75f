import { appendFileSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { check } from 'prettier';
import { describe, expect, test } from 'vitest';
import { choices } from '../../src/answers/answers.ts';
import { routeNames } from '../../src/commands/generators/names.ts';
import { routeGenerator } from '../../src/commands/generators/route.ts';
import { planCreate } from '../../src/flow/create.ts';
import { frameworks } from '../../src/frameworks/registry.ts';
import { createTree, type Tree } from '../../src/tree/tree.ts';
import { answersWith, inputs } from '../support/answers.ts';
import { emptyFolder, listing, shipshape } from './shipshape.ts';

function project(): string {
  const folder = emptyFolder();
  const run = shipshape(['my-app', '--owner', '@ana', '--no-install', '--no-git'], folder);
  expect(run.err).toBe('');
  return join(folder, 'my-app');
}

function generateIn(tree: Tree, framework: string, name: string): void {
  const adapter = frameworks.find(({ id }) => id === framework);
  if (!adapter) throw new Error(framework);
  for (const { stage } of routeGenerator(tree, adapter, inputs.templates).actions) stage(routeNames(name));
}

describe.each(choices.framework)('generate route with %s', (framework) => {
  const { files } = planCreate(answersWith({ framework }), inputs);

  test.each(['parking-permits', 'tickets'])('%s: files, one import, one mount and two entries', (name) => {
    const tree = createTree(files);
    generateIn(tree, framework, name);
    const kinds = tree.changes().map(({ kind, path }) => `${kind} ${path}`);
    expect(kinds).toEqual(
      [
        'edit src/app.ts',
        `create src/data/${name}.ts`,
        'edit src/guardrails/access.ts',
        `create src/routes/${name}.ts`,
        `create src/schemas/${name}.ts`,
        `create src/services/${name}.ts`,
        `create test/${name}.test.ts`,
      ].toSorted((left, right) => (left.split(' ')[1] ?? '').localeCompare(right.split(' ')[1] ?? '', 'en')),
    );
    const { one } = routeNames(name);
    expect(tree.read('src/app.ts')).toContain(`import { ${one}Routes } from './routes/${name}.ts';`);
    expect(tree.read('src/app.ts')?.match(new RegExp(`${one}Routes`, 'g'))).toHaveLength(2);
    expect(tree.read('src/guardrails/access.ts')).toContain(`  'GET /${name}/:id': 'user',`);
  });

  test('what is written is formatted', async () => {
    const tree = createTree(files);
    generateIn(tree, framework, 'parking-permits');
    const created = tree.changes().flatMap((change) => (change.kind === 'create' ? [change] : []));
    for (const { path, after } of created) {
      const formatted = await check(after, { filepath: path, singleQuote: true, printWidth: 120 });
      expect(formatted, path).toBe(true);
    }
  });
});

test('an app that no longer looks as it was created is left alone', () => {
  const { files } = planCreate(answersWith(), inputs);
  const tree = createTree(new Map([...files, ['src/app.ts', 'export {};\n']]));
  expect(() => generateIn(tree, 'hono', 'tickets')).toThrow('Nothing was written');
});

describe('names', () => {
  test.each([
    ['invoices', 'invoice', 'Invoice'],
    ['parking-permits', 'parkingPermit', 'ParkingPermit'],
    ['companies', 'company', 'Company'],
    ['boxes', 'box', 'Box'],
    ['addresses', 'address', 'Address'],
    ['feedback', 'feedback', 'Feedback'],
    ['status', 'status', 'Status'],
  ])('%s is %s and %s in the code', (name, one, One) => {
    expect(routeNames(name)).toMatchObject({ one, One });
  });
  test('a sentence has the right article', () => {
    const articles = ['invoices', 'parking-permits', 'users'].map((name) => routeNames(name).aWord);
    expect(articles).toEqual(['an invoice', 'a parking permit', 'a user']);
  });
  test.each(['', 'Invoices', 'in voices', '../x', '7up', 'a--b', 'in_voices'])('%j is refused', (name) => {
    expect(() => routeNames(name)).toThrow();
  });
});

describe('the command', () => {
  test('writes the route, and the list of guard files stays true', () => {
    const folder = project();
    const run = shipshape(['generate', 'route', 'tickets'], folder);
    expect(run.err).toBe('');
    expect(run.code).toBe(0);
    expect(run.out).toContain('src/guardrails/access.ts decides who may call which route');
    expect(run.out).toContain('create  src/routes/tickets.ts');
    expect(run.out).toContain('npm run check');
    const again = shipshape(['generate', 'route', 'other-tickets', '--json'], folder);
    expect(JSON.parse(again.out)).toMatchObject({ code: 'generated', guarded: 'updated' });
  });

  test('--dry-run writes nothing', () => {
    const folder = project();
    const before = listing(join(folder, 'src', 'routes'));
    expect(shipshape(['generate', 'route', 'tickets', '--dry-run'], folder).out).toContain('Nothing was written.');
    expect(listing(join(folder, 'src', 'routes'))).toEqual(before);
  });

  test('does not write down guard files that somebody else has changed', () => {
    const folder = project();
    appendFileSync(join(folder, 'src', 'guardrails', 'access-rules.ts'), '// changed\n');
    const list = join(folder, '.shipshape', 'guard-files.json');
    const before = readFileSync(list, 'utf8');
    const run = shipshape(['generate', 'route', 'tickets'], folder);
    expect(run.out).toContain('Other guard files had changed before');
    expect(run.out).toContain('npm run guard:update');
    expect(readFileSync(list, 'utf8')).toBe(before);
  });

  test('lists the generators of the project’s own plopfile beside ours, and runs them', () => {
    const folder = project();
    const plopfile = `export default (plop) => plop.setGenerator('note', {
      description: 'a note',
      prompts: [{ type: 'input', name: 'title' }],
      actions: [{ type: 'add', path: 'notes/{{title}}.md', template: '# {{title}}\\n' }],
    });`;
    writeFileSync(join(folder, 'plopfile.mjs'), plopfile);
    const list = shipshape(['generate'], folder).out;
    expect(list).toMatch(/route +a route with its schema/);
    expect(list).toMatch(/note +a note \(plopfile of this project\)/);

    expect(shipshape(['generate', 'note', 'hello'], folder).code).toBe(0);
    expect(readFileSync(join(folder, 'notes', 'hello.md'), 'utf8')).toBe('# hello\n');
    expect(shipshape(['generate', 'note'], folder).err).toContain('needs "title"');
  });

  test.each([
    ['a name that is taken', ['route', 'expenses'], 'something called expenses already'],
    ['a name that is none', ['route', 'My Tickets'], 'cannot be the name of a route'],
    ['no name', ['route'], 'name of the new route is missing'],
    ['an unknown generator', ['rout', 'tickets'], 'Did you mean route?'],
    ['a name that a guard route has', ['route', 'livez'], 'something called livez already'],
  ])('%s is refused with 2, and nothing is written', (_what, words, message) => {
    const folder = project();
    const run = shipshape(['generate', ...words], folder);
    expect(run.code).toBe(2);
    expect(run.err).toContain(message);
  });

  test('outside a project it says where to go', () => {
    const run = shipshape(['generate', 'route', 'tickets'], emptyFolder());
    expect(run.code).toBe(2);
    expect(run.err.replaceAll(/\s+/g, ' ')).toContain('not the folder of a project that create-shipshape has made');
  });
});
