import { diffLines } from 'diff';
import { describe, expect, test } from 'vitest';
import { guardrailIds } from '../../../src/guardrails/ids.ts';
import { carriedOut, planFor } from './plan.ts';
import { frameworks, openAiKey, prototypeOf, systems, type Writing } from './prototypes.ts';

const plain: Writing = { indent: '  ', quote: "'", eol: '\n', mark: false };

const everyWriting: readonly Writing[] = (['  ', '    ', '\t'] as const).flatMap((indent) =>
  (["'", '"'] as const).flatMap((quote) =>
    (['\n', '\r\n'] as const).flatMap((eol) => [false, true].map((mark) => ({ indent, quote, eol, mark }))),
  ),
);

/** Every two properties of a writing meet in one of these. */
const pairs = new Set([0, 7, 10, 13, 19, 20]);
const writings = everyWriting.filter((_, index) => process.env['SHIPSHAPE_MATRIX'] === 'full' || pairs.has(index));

describe.each(frameworks)('%s', (framework) => {
  describe.each(systems)('%s', (system) => {
    const files = prototypeOf(framework, system, plain);

    test('every guardrail has something to do, and what it does is told', async () => {
      const { steps, left } = await planFor(files);
      const by = new Set<string>(steps.map((step) => step.by));
      expect(guardrailIds.filter((id) => !by.has(id) && !left.some((one) => one.by === id))).toEqual([]);
      expect(steps.filter(({ why }) => why.trim() === '')).toEqual([]);
    });

    test('what is there already is not done again', async () => {
      const after = carriedOut(files, await planFor(files));
      expect((await planFor(after)).steps.map(({ path, by }) => `${by} ${path}`)).toEqual([]);
    });

    test('the order in which guardrails are named does not matter', async () => {
      const backwards = await planFor(files, guardrailIds.toReversed());
      expect(carriedOut(files, backwards)).toEqual(carriedOut(files, await planFor(files)));
    });

    test('guardrails that come one after the other come to the same guards as all at once', async () => {
      let now: Record<string, string> = files;
      for (const id of ['auth', 'security', 'logs', 'operability'] as const)
        now = carriedOut(now, await planFor(now, [id]));
      const together = carriedOut(files, await planFor(files, ['operability', 'logs', 'security', 'auth']));
      expect(now).toEqual(together);
    });

    test('no key is left in the code, and no plan tells it', async () => {
      const plan = await planFor(files);
      const after = carriedOut(files, plan);
      const held = Object.keys(after).filter((path) => after[path]?.includes(openAiKey));
      expect(held).toEqual(['.env']);
      expect(plan.steps.filter(({ why }) => why.includes(openAiKey))).toEqual([]);
    });

    test.each(writings)('lines that nobody asked to change keep their bytes: %j', async (writing) => {
      const own = prototypeOf(framework, system, writing);
      const after = carriedOut(own, await planFor(own));
      for (const [path, before] of Object.entries(own)) {
        const now = after[path] ?? '';
        const parts = diffLines(before, now, { ignoreNewlineAtEof: false });
        const gone = parts.flatMap(({ removed, value }) => (removed ? value.split(/\r?\n/).filter(Boolean) : []));
        const isExpected = path === 'package.json' ? /"start"|"openai"|"dependencies"|[{}],?$/ : /apiKey/;
        expect(gone.filter((line) => !isExpected.test(line))).toEqual([]);
        expect(now.startsWith('\uFEFF')).toBe(before.startsWith('\uFEFF'));
        expect(/\r\n/.test(now)).toBe(writing.eol === '\r\n');
        if (writing.eol === '\r\n') expect(now.replaceAll('\r\n', '')).not.toContain('\n');
      }
    });
  });
});

test('a guardrail that was not asked for does nothing', async () => {
  const { steps } = await planFor(prototypeOf('express', 'cjs', plain), ['ownership']);
  expect([...new Set(steps.map(({ by }) => by))]).toEqual(['ownership']);
});
