import { describe, expect, test } from 'vitest';
import { rules } from '../../src/rules/registry.ts';
import { failure, reportOf, ruleSaying } from '../support/voices.ts';

const naked = {
  'package.json': '{"scripts": {"start": "node app.js"}, "dependencies": {"express": "^5.0.0"}}',
  'app.js':
    "const app = require('express')();\napp.get('/orders', (request, response) => response.end());\napp.listen(3000);\n",
  'lib/a.js': 'exports.a = 1;\n',
};

describe('.gitattributes that calls the program foreign', () => {
  const quiet = [ruleSaying('auth/a', [{ verdict: 'pass', message: 'all is well' }])];

  test.each(['*', '**', '*.js', '*.js linguist-vendored\nx'])('%s: cannot be told, with the reason', async (marked) => {
    const files = { ...naked, '.gitattributes': `${marked} linguist-generated\n` };
    const { conclusion } = await reportOf(quiet, {}, files);
    expect(conclusion.answer).toBe('not-known');
    expect(conclusion.sentences[0]).toBe(
      '.gitattributes calls 2 of 2 source files generated or foreign, so nobody has judged them.',
    );
  });

  test('what blocks all the same stays a no, and the reason is told', async () => {
    const files = { ...naked, '.gitattributes': '* linguist-generated\n' };
    const { conclusion } = await reportOf(rules, {}, files);
    expect(conclusion.answer).toBe('no');
    expect(conclusion.sentences.length).toBeLessThanOrEqual(5);
    expect(conclusion.sentences.join(' ')).toContain('2 of 2 source files');
    expect((await reportOf([ruleSaying('auth/a', [failure()])], {}, files)).conclusion.sentences).toHaveLength(2);
  });

  test.each(['lib/**', 'made/** linguist-vendored\ndocs/**'])('%s: is judged as ever', async (marked) => {
    const files = { ...naked, '.gitattributes': `${marked} linguist-generated\n` };
    expect((await reportOf(quiet, {}, files)).conclusion.answer).toBe('yes');
  });
});

describe('a folder without a program', () => {
  const absent = ruleSaying('ownership/a', [failure({ where: { path: '.' } })]);

  test.each([{ files: {} }, { files: { 'README.md': '# To do' } }])(
    '$files: nobody misses anything',
    async ({ files }) => {
      const { conclusion, findings } = await reportOf([absent], {}, files);
      expect(conclusion.answer).toBe('not-known');
      expect(conclusion.sentences[0]).toBe('There is no program here: is this the right folder?');
      expect(findings.map(({ verdict }) => verdict)).toEqual(['not-applicable']);
    },
  );

  test('what stands in a file is told all the same', async () => {
    const { conclusion } = await reportOf([ruleSaying('secrets/a', [failure()])], {}, { 'README.md': '# To do' });
    expect(conclusion.answer).toBe('no');
  });

  test('a program in another language is one', async () => {
    const { conclusion } = await reportOf([absent], {}, { 'app.py': 'print(1)' });
    expect(conclusion.answer).toBe('no');
    expect(conclusion.sentences.at(-1)).toBe(
      'What runs here is written in Python: this check reads JavaScript and TypeScript only.',
    );
  });
});
