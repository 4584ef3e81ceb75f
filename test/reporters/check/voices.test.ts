import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { baselineOf } from '../../../src/flow/baseline.ts';
import type { Report } from '../../../src/flow/report.ts';
import { voices } from '../../../src/reporters/check/voices.ts';
import { violations, type Schema } from '../../support/json-schema.ts';
import { failure, nakedRules, reportOf, ruleSaying, tellingOf, today } from '../../support/voices.ts';

const evil = `<img src=x onerror=alert(1)>"'\`|::error::%0A]]>`;
const telling = tellingOf(nakedRules);
const waivers = {
  'shipshape.json': JSON.stringify({
    waivers: [
      {
        rule: 'ownership/lifecycle-expiry',
        place: '*',
        reason: 'pilot until the audit',
        owner: '@ana',
        until: '2027-01-31',
      },
      { rule: 'auth/default-deny', place: 'gone.js', reason: 'pilot', owner: '@ana', until: '2027-01-31' },
    ],
  }),
};

describe('text', () => {
  test('answers on the first screen, then tells the groups, the most dangerous first', async () => {
    const text = voices.text(await reportOf(nakedRules, {}, waivers), telling);
    await expect(text).toMatchFileSnapshot('__snapshots__/naked-prototype.txt');
  });

  test('fits 80 columns, without colours', async () => {
    const lines = voices.text(await reportOf(nakedRules), tellingOf(nakedRules, { all: true })).split('\n');
    expect(lines.filter((line) => line.length > 80)).toEqual([]);
    // oxlint-disable-next-line no-control-regex
    expect(lines.join('')).not.toMatch(/\u001b/);
  });

  test('folds the findings of a rule, and tells all with --all', async () => {
    const report = await reportOf(nakedRules);
    expect(voices.text(report, telling)).toContain('and 2 more');
    expect(voices.text(report, telling)).not.toContain('server.js:18');
    const all = voices.text(report, tellingOf(nakedRules, { all: true }));
    expect(all).toContain('server.js:18');
    expect(all).toContain('kept: one lock file, and npm ci uses it (package-lock.json)');
    expect(all).toContain('kept by pino');
  });

  test('says yes to a prototype that keeps its promises, and what production asks for', async () => {
    const later = ruleSaying('arch/stateless', [failure()], { stage: 'production' });
    const text = voices.text(await reportOf([later]), telling);
    expect(text).toContain('May this go live? As a prototype, yes.');
    expect(text).toContain('Before production, 1 more rule has to be kept.');
  });

  test('says that a part of the answer is a part', async () => {
    expect(voices.text(await reportOf([], { rulesLeftOut: 3 }), telling)).toContain('3 rules were not asked');
  });
});

describe('json', () => {
  const schema = JSON.parse(readFileSync('schema/report.v1.json', 'utf8')) as Schema;

  test('is as its schema says', async () => {
    for (const report of await everyReport())
      expect(violations(JSON.parse(voices.json(report, telling)), schema)).toEqual([]);
  });

  test('the schema refuses what is no report', async () => {
    const report = JSON.parse(voices.json(await reportOf(nakedRules), telling)) as Record<string, unknown>;
    expect(violations({ ...report, stage: 'later' }, schema)).toHaveLength(1);
    expect(violations({ ...report, extra: 1 }, schema)).toEqual(['$.extra is not in the schema']);
    expect(violations({ ...report, findings: [{}] }, schema).length).toBeGreaterThan(5);
  });
});

describe('github', () => {
  test('escapes what the runner would read as a command', async () => {
    const rule = ruleSaying('auth/a', [
      failure({ message: `50%\n::error::${evil}`, where: { path: 'a,b:c.js', line: 3, column: 2 } }),
    ]);
    const [line = '', ...others] = voices.github(await reportOf([rule]), telling).split('\n');
    expect(line).toMatch(/^::error file=a%2Cb%3Ac\.js,line=3,col=2,title=auth\/a::50%25\\n::error::/);
    expect(others.every((other) => !other.includes('::'))).toBe(true);
  });

  test('tells each rule once before any is told twice, and asks for a look with a notice', async () => {
    const lines = voices.github(await reportOf(nakedRules), telling).split('\n');
    const titles = lines.map((line) => /title=([^:]+)::/.exec(line)?.[1]).filter(Boolean);
    expect(new Set(titles.slice(0, 8)).size).toBe(8);
    expect(lines.find((line) => line.includes('cors-allowlist'))).toMatch(/^::notice /);
    expect(lines.find((line) => line.includes('http-hardening'))).toMatch(/^::warning /);
  });

  test('names files from the top of the workspace', async () => {
    const text = voices.github(await reportOf(nakedRules), tellingOf(nakedRules, { prefix: 'apps/shop/' }));
    expect(text).toContain('file=apps/shop/server.js,line=12');
  });
});

describe('sarif', () => {
  interface Log {
    version: string;
    runs: {
      tool: {
        driver: {
          name: string;
          rules: {
            id: string;
            shortDescription: { text: string };
            properties: Record<string, unknown>;
            help?: { text: string };
          }[];
        };
      };
      invocations: {
        executionSuccessful: boolean;
        toolExecutionNotifications: { level: string; message: { text: string } }[];
      }[];
      results: {
        ruleId: string;
        ruleIndex: number;
        kind: string;
        level: string;
        message: { text: string };
        baselineState?: string;
        suppressions?: { kind: string; status: string; justification: string }[];
        partialFingerprints: Record<string, string>;
        locations: {
          physicalLocation: {
            artifactLocation: { uri: string; uriBaseId: string };
            region?: { startLine: number; startColumn?: number };
          };
        }[];
      }[];
    }[];
  }

  test('keeps the constraints of version 2.1.0 and of code scanning', async () => {
    for (const report of await everyReport()) {
      const { version, runs } = JSON.parse(voices.sarif(report, telling)) as Log;
      expect(version).toBe('2.1.0');
      for (const { tool, invocations, results } of runs) {
        expect(new Set(tool.driver.rules.map(({ id }) => id)).size).toBe(tool.driver.rules.length);
        for (const { properties, shortDescription } of tool.driver.rules) {
          expect(Number(properties['security-severity'])).toBeGreaterThan(0);
          expect(shortDescription.text).not.toBe('');
        }
        for (const { level, message } of invocations.flatMap((invocation) => invocation.toolExecutionNotifications)) {
          expect(['none', 'note', 'warning', 'error']).toContain(level);
          expect(message.text).not.toBe('');
        }
        for (const result of results) {
          expect(tool.driver.rules[result.ruleIndex]?.id).toBe(result.ruleId);
          expect(result.kind).toBe('fail');
          expect(['note', 'warning', 'error']).toContain(result.level);
          expect(result.message.text).not.toBe('');
          expect(Object.values(result.partialFingerprints)).toEqual([expect.stringMatching(/^[0-9a-f]{16}$/)]);
          expect(['new', 'unchanged', undefined]).toContain(result.baselineState);
          for (const { kind, status } of result.suppressions ?? [])
            expect([kind, status]).toEqual(['external', 'accepted']);
          expect(result.locations).toHaveLength(1);
          for (const { physicalLocation } of result.locations) {
            expect(physicalLocation.artifactLocation.uri).toMatch(/^(?!\/|\.\.?(?:\/|$))[^\\\s]+$/);
            if (physicalLocation.region) expect(physicalLocation.region.startLine).toBeGreaterThan(0);
          }
        }
        expect(new Set(results.map(({ partialFingerprints }) => JSON.stringify(partialFingerprints))).size).toBe(
          results.length,
        );
      }
    }
  });

  test('brings the explanation of each rule, and what could not be told', async () => {
    const { runs } = JSON.parse(voices.sarif(await reportOf(nakedRules), telling)) as Log;
    expect(runs[0]?.tool.driver.rules[0]?.help?.text).toContain('How to waive it');
    expect(runs[0]?.invocations[0]?.toolExecutionNotifications.map(({ message }) => message.text)).toEqual([
      'security/input-validated could not be told: the handlers are made in a loop, which could not be followed',
    ]);
  });
});

describe('markdown', () => {
  test('takes nothing of a repository for markup, and calls nobody', async () => {
    const rule = ruleSaying('auth/a', [
      failure({ message: `${evil} @ana [x](https://evil.example)`, evidence: '`` | @ben' }),
    ]);
    const text = voices.markdown(await reportOf([rule]), telling);
    expect(text).not.toContain('<img');
    expect(text).not.toMatch(/ @ana\b/);
    expect(text).not.toContain('](https://');
    expect(text).toContain('``` `` | @ben ```');
  });

  test('tells the answer, a table and the places', async () => {
    const text = voices.markdown(await reportOf(nakedRules, {}, waivers), telling);
    expect(text).toMatch(/^## ❌ May this go live\? No, because\n- Anyone on the internet/);
    expect(text).toContain('| Who may do what | 0 | 1 | 0 | 0 | 0 |');
    expect(text).toContain('(`server.js:12`)');
    expect(text).toContain('waived by `@ana` until 2027-01-31');
  });
});

describe('prompt', () => {
  test('is one block for each failure, complete in itself', async () => {
    const text = voices.prompt(await reportOf(nakedRules), telling);
    const blocks = text.split(/^(?=----- )/m);
    expect(blocks).toHaveLength(12);
    for (const block of blocks)
      for (const part of [
        'What: ',
        'Where: ',
        'Why: ',
        'How to mend it: ',
        'How to verify it: ',
        'What must not be done:',
        'Do not turn the check off',
      ])
        expect(block).toContain(part);
    expect(blocks[0]).toContain('npx create-shipshape@1.2.3 check --only auth/default-deny');
  });

  test('says so when there is nothing to mend', async () => {
    expect(voices.prompt(await reportOf([]), telling)).toBe('Nothing to mend was found.');
  });
});

describe('html', () => {
  test('loads nothing, runs nothing and takes nothing of a repository for markup', async () => {
    const rule = ruleSaying('auth/a', [
      failure({ message: evil, evidence: evil, where: { path: `${evil}.js` }, remedy: evil }),
    ]);
    const page = voices.html(await reportOf([rule]), telling);
    expect(page).not.toContain('<img');
    expect(page).not.toMatch(/<(?:script|link|iframe|object|embed|form|base)\b/i);
    const tags = page.match(/<[^>]*>/g) ?? [];
    expect(tags.filter((tag) => /\s(?:src|href|style|on\w+)\s*=/i.test(tag))).toEqual([]);
    expect(page).not.toMatch(/url\(|@import|https?:/);
    expect(page).toContain("default-src 'none'".replaceAll("'", '&#39;'));
  });

  test('allows exactly its own style', async () => {
    const { createHash } = await import('node:crypto');
    const page = voices.html(await reportOf(nakedRules), telling);
    const style = /<style>([\s\S]*?)<\/style>/.exec(page)?.[1] ?? '';
    expect(page).toContain(`sha256-${createHash('sha256').update(style).digest('base64')}`);
  });

  test('shows before and after where something is known of before', async () => {
    const [plain, known, compared] = await everyReport();
    expect(voices.html(plain as Report, telling)).not.toContain('Before and after');
    expect(voices.html(known as Report, telling)).toContain(
      'Since the baseline of 2026-11-22: 0 new, 12 known, 0 gone.',
    );
    expect(voices.html(compared as Report, telling)).toContain('Did it get worse since main?');
  });
});

/** A plain report, one with a baseline, and a comparison. */
async function everyReport(): Promise<Report[]> {
  const { compareRepositories } = await import('../../../src/flow/compare.ts');
  const { repositoryOf } = await import('../../support/repository.ts');
  const plain = await reportOf(nakedRules, {}, waivers);
  const first = await reportOf(nakedRules);
  const [before, after] = [{ 'a.js': '1' }, { 'a.js': '2' }].map((files) => repositoryOf(files));
  const worse = ruleSaying('tests/no-weakening', [], { compare: () => [failure({ message: 'A test is gone.' })] });
  const options = {
    rules: [worse, ...nakedRules],
    stage: 'prototype',
    version: '1.2.3',
    today,
    since: 'main',
  } as const;
  const change = await compareRepositories(before as never, after as never, options);
  return [plain, await reportOf(nakedRules, { baseline: baselineOf(first, today) }), change];
}
