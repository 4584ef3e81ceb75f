import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { emptyFolder, listing } from './shipshape.ts';
import { ctrlC, down, enter, hasTerminal, talk } from './talk.ts';

describe.skipIf(!hasTerminal)('in a terminal', () => {
  test('six questions lead to a project, the last one for consent', async () => {
    const folder = emptyFolder();
    const { screen, code } = await talk(['--no-install', '--no-git'], folder, [
      ['Folder of the new project', `claims${enter}`],
      ['Which web framework?', enter],
      ['Who are its users?', enter],
      ['Who answers for it?', `@ana, ben@example.com${enter}`],
      ['How delicate is its data?', down + enter],
      ['Create it?', enter],
    ]);
    expect(code).toBe(0);
    expect(listing(folder)).toEqual(['claims']);
    expect(screen).toContain('@ana and ben@example.com · personal data');
    expect(screen).toContain('--second-owner ben@example.com');
    expect(screen.indexOf('Packages')).toBeLessThan(screen.indexOf('Create it?'));
  });

  test('what was said by flags is not asked', async () => {
    const folder = emptyFolder();
    const flags = ['--framework', 'hono', '--auth', 'password', '--owner', '@ana', '--data', 'none'];
    const { screen } = await talk(['claims', ...flags, '--no-install', '--no-git'], folder, [['Create it?', enter]]);
    expect(screen).not.toContain('Who answers for it?');
    expect(listing(folder)).toEqual(['claims']);
  });

  test('the summary can be changed before anything is written', async () => {
    const folder = emptyFolder();
    const { screen, code } = await talk(['claims', '--owner', '@ana', '--no-git', '--no-install'], folder, [
      ['Which web framework?', enter],
      ['Who are its users?', enter],
      ['How delicate is its data?', enter],
      ['Create it?', down + enter],
      ['Change what?', down.repeat(4) + enter],
      ['github', down + enter],
      ['Create it?', enter],
    ]);
    expect(code).toBe(0);
    expect(screen).toContain('gitlab CI');
    expect(screen).toContain('--ci gitlab');
  });

  test('a bad answer is explained and asked again', async () => {
    const { screen, code } = await talk(['claims'], emptyFolder(), [
      ['Which web framework?', enter],
      ['Who are its users?', enter],
      ['Who answers for it?', `me${enter}`],
      ['is a placeholder, not a person', ctrlC],
    ]);
    expect(screen).not.toContain('Packages');
    expect(code).toBe(130);
  });

  test.each([
    ['at a question', [['Which web framework?', ctrlC]]],
    ['at the consent', [['Create it?', ctrlC]]],
    ['by choosing to stop', [['Create it?', down + down + enter]]],
  ] as const)('stopping %s leaves nothing and ends with 130', async (_when, steps) => {
    const folder = emptyFolder();
    const flags = _when === 'at a question' ? [] : ['--framework', 'hono', '--auth', 'password', '--data', 'none'];
    const { screen, code } = await talk(['claims', '--owner', '@ana', ...flags], folder, steps);
    expect(code).toBe(130);
    expect(screen).toContain('Nothing was written');
    expect(listing(folder)).toEqual([]);
  });

  test('the e-mail address that git knows is offered, and Enter takes it', async () => {
    const folder = emptyFolder();
    writeFileSync(join(folder, '.gitconfig'), '[user]\n email = ana@example.com\n');
    const flags = ['--framework', 'hono', '--auth', 'password', '--data', 'none', '--dry-run'];
    const { screen, code } = await talk(['claims', ...flags], folder, [['ana@example.com', enter]]);
    expect(code).toBe(0);
    expect(screen).toContain('--owner ana@example.com');
    expect(screen).not.toContain('Create it?');
  });

  test('--yes asks nothing', async () => {
    const folder = emptyFolder();
    const { code } = await talk(['claims', '--owner', '@ana', '--yes', '--no-install', '--no-git'], folder, []);
    expect(code).toBe(0);
    expect(listing(folder)).toEqual(['claims']);
  });
});
