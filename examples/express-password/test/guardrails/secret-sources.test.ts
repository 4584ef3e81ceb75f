// One contract that every source of secrets keeps: it gives only what was asked, and never tells a value when it fails.
import { afterAll, describe, expect, test } from 'vitest';
import { chain } from '../../src/guardrails/secrets/chain.ts';
import type { Harness } from './secret-sources/harness.ts';

const kept = { FIRST: 'one "quoted" $VALUE #1', SECOND: 'line one\nline two', THIRD: 'never asked for' };

for (const name of Object.keys(chain)) {
  const { harness } = (await import(`./secret-sources/${name}.ts`)) as { harness: Harness };
  const { keeping, wrongKey, noKey, silent } = harness;

  describe(name, () => {
    afterAll(() => harness.close?.());

    test('gives the asked names that it has, exactly, and nothing else', async () => {
      const source = await keeping(kept);
      expect(source.name).toBe(name);
      expect(await source.fetch(['FIRST', 'SECOND', 'ABSENT'])).toEqual({ FIRST: kept.FIRST, SECOND: kept.SECOND });
      expect(await source.fetch([])).toEqual({});
      expect(await source.fetch(['toString', '__proto__'])).toEqual({});
    });

    test('gives the same when it is asked again', async () => {
      const source = await keeping(kept);
      expect(await source.fetch(['FIRST'])).toEqual(await source.fetch(['FIRST']));
    });

    if (wrongKey) test('refuses a wrong key', async () => refuses(await wrongKey(kept), name));
    if (noKey) test('refuses to work without its key', async () => refuses(await noKey(kept), name));
    if (silent) test('gives up on a server that does not answer', async () => refuses(await silent(), name), 2000);
  });
}

/** It fails, says which source failed and what to do next, and tells no value. */
async function refuses(source: Awaited<ReturnType<Harness['keeping']>>, name: string): Promise<void> {
  const error = await source.fetch(['FIRST', 'SECOND']).then(
    () => undefined,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(Error);
  expect(String(error)).toMatch(new RegExp(`SourceError: ${name}: .* Next: .+`));
  for (const value of Object.values(kept)) expect(String(error)).not.toContain(value);
}
