import { describe, expect, test, vi } from 'vitest';
import { key, prototype, textOf, tree } from './retrofit-prototype.ts';
import { ctrlC, down, enter, hasTerminal, talk } from './talk.ts';

// Each test starts the program, maybe on a busy computer.
vi.setConfig({ testTimeout: 120_000 });

const space = ' ';
const quick = ['retrofit', '--prove', 'no', '--no-install'];

describe.skipIf(!hasTerminal)('in a terminal', () => {
  test('a few questions lead to a plan, and one more to the change', async () => {
    const folder = prototype();
    const { screen, code } = await talk(quick, folder, [
      ['Who answers for it?', `@ana, @ben${enter}`],
      ['How delicate is its data?', enter],
      ['Which may anybody call', enter],
      ['How do its users sign in?', enter],
      ['Write it?', enter],
    ]);
    expect(code, screen).toBe(0);
    expect(screen.indexOf('Revoke this key now')).toBeLessThan(screen.indexOf('Who answers for it?'));
    expect(screen).not.toContain(key);
    expect(textOf(folder, 'shipshape.json')).toContain('@ben');
    expect(textOf(folder, 'server.js')).toContain('guard(app);');
  });

  test('what somebody opens needs a reason, which stands in the table', async () => {
    const folder = prototype();
    const { screen, code } = await talk([...quick, '--owner', '@ana', '--data', 'none'], folder, [
      ['Which may anybody call', `${down.repeat(3)}${space}${enter}`],
      ['Why may anybody call POST /orders', `x${enter}`],
      ['A reason is needed', `: everybody may order${enter}`],
      ['How do its users sign in?', enter],
      ['Write it?', enter],
    ]);
    expect(code, screen).toBe(0);
    expect(textOf(folder, 'guardrails/access.cjs')).toMatch(/'POST \/orders': open\('x: everybody may order'\)/);
  });

  test.each([
    ['at the first question', [['Who answers for it?', ctrlC]]],
    [
      'at the routes',
      [
        ['Who answers for it?', `@ana${enter}`],
        ['How delicate', enter],
        ['Which may anybody call', ctrlC],
      ],
    ],
    ['at the last', [['Write it?', down + enter]]],
  ] as const)('to stop %s leaves all as it was, and ends with 130', async (when, steps) => {
    const folder = prototype();
    const before = tree(folder);
    const answered = ['--owner', '@ana', '--data', 'none', '--auth', 'password', '--open', 'GET /prices=all may'];
    const words = when === 'at the last' ? [...quick, ...answered] : quick;
    const { screen, code } = await talk(words, folder, steps);
    expect(code, screen).toBe(130);
    expect(screen).toContain('Nothing was written');
    expect(tree(folder)).toEqual(before);
  });
});
