import { describe, expect, test } from 'vitest';
import { planJson } from '../../../src/reporters/retrofit/plan-json.ts';
import { planText } from '../../../src/reporters/retrofit/plan-text.ts';
import type { RetrofitPlan } from '../../../src/retrofit/plan.ts';
import { letters, madeUp } from '../../secrets/made-up.ts';
import { plainLook } from '../../support/voices.ts';
import { planOf } from './plans.ts';

/** A file with a secret in it, and without. `shown` is what a reader has to see nevertheless. */
interface Shape {
  readonly path: string;
  readonly before: (secret: string, other: string) => string;
  readonly after: (other: string) => string;
  readonly shown?: string;
}

const around = (line: string): string => `import express from 'express';\n\n${line}\nexport const app = express();\n`;
const read = 'const client = connect(process.env.SERVICE_KEY);';

const shapes: Readonly<Record<string, Shape>> = {
  'a literal': {
    path: 'a.js',
    before: (secret) => around(`const client = connect('${secret}');`),
    after: () => around(read),
    shown: 'process.env.SERVICE_KEY',
  },
  'a name that says nothing': {
    path: 'a.js',
    before: (secret) => around(`const x = '${secret}';`),
    after: () => around('const x = process.env.X;'),
  },
  'twice on a line': {
    path: 'a.js',
    before: (secret) => around(`const client = connect('${secret}', '${secret}');`),
    after: () => around(read),
  },
  'a fallback': {
    path: 'a.ts',
    before: (secret) => around(`const client = connect(process.env.SERVICE_KEY || '${secret}');`),
    after: () => around(read),
  },
  'another secret beside it': {
    path: 'a.js',
    before: (secret, other) => around(`const client = connect('${secret}');\nconst token = '${other}';`),
    after: (other) => around(`${read}\nconst token = '${other}';`),
    shown: 'const token',
  },
  'a line end of Windows': {
    path: 'a.js',
    before: (secret) => around(`const client = connect('${secret}');`).replaceAll('\n', '\r\n'),
    after: () => around(read).replaceAll('\n', '\r\n'),
  },
  'a byte order mark': {
    path: 'a.js',
    before: (secret) => `\ufeffconst client = connect('${secret}');\n`,
    after: () => `\ufeff${read}\n`,
  },
  base64: {
    path: 'a.js',
    before: (secret) => around(`const client = connect(atob('${Buffer.from(secret).toString('base64')}'));`),
    after: () => around(read),
  },
  'a connection string': {
    path: 'a.js',
    before: (secret) => around(`const pool = connect('postgres://shop:${encodeURIComponent(secret)}@db:5432/shop');`),
    after: () => around('const pool = connect(process.env.DATABASE_URL);'),
  },
  'a template over lines': {
    path: 'a.js',
    before: (secret) => around(`const client = connect(\`first\n${secret}\nlast\`);`),
    after: () => around(read),
  },
  halves: {
    path: 'a.js',
    before: (secret) => around(`const client = connect('${secret.slice(0, 11)}' + '${secret.slice(11)}');`),
    after: () => around(read),
  },
  'a comment': {
    path: 'a.js',
    before: (secret) => around(`const client = connect('x'); // was ${secret}`),
    after: () => around(read),
  },
  'a minified line': {
    path: 'a.js',
    before: (secret) => around(`${'f(1);'.repeat(300)}const client = connect('${secret}');${'g(2);'.repeat(300)}`),
    after: () => around(`${'f(1);'.repeat(300)}${read}${'g(2);'.repeat(300)}`),
  },
  'code that does not parse': {
    path: 'a.js',
    before: (secret) => around(`const client = connect('${secret}')) }`),
    after: () => around(`${read})) }`),
  },
  'a page': {
    path: 'index.html',
    before: (secret) => `<script>\n  const key = "${secret}";\n</script>\n`,
    after: () => '<script>\n</script>\n',
  },
  'a container': {
    path: 'Dockerfile',
    before: (secret) => `FROM node:22\nENV SERVICE=${secret}\nCMD node a.js\n`,
    after: () => 'FROM node:22\nCMD node a.js\n',
  },
  'a composition': {
    path: 'docker-compose.yml',
    before: (secret) => `services:\n  db:\n    environment:\n      DB: ${secret}\n`,
    after: () => 'services:\n  db:\n    environment:\n      DB: ${DB}\n',
  },
  'a config file': {
    path: 'config.json',
    before: (secret) => `{\n  "service": "${secret}",\n  "port": 1\n}\n`,
    after: () => '{\n  "port": 1\n}\n',
  },
};

const oneLine = Object.fromEntries(Object.entries(madeUp).filter(([, secret]) => !secret.includes('\n')));
const secrets: Readonly<Record<string, string>> = {
  ...oneLine,
  'a short password': `${letters('short', 5)}1!`,
  'a word': ['hun', 'ter', 'town'].join(''),
  words: ['correct', 'horse', 'battery', 'staple'].join(' '),
  'words with dashes': ['keyboard', 'cat', 'secret'].join('-'),
};

/** The steps of two guardrails: one takes the secret out, the next works on the same file; the values go to `.env`. */
function planFor({ path, before, after }: Shape, secret: string, other: string): RetrofitPlan {
  const text = after(other);
  return planOf({ [path]: before(secret, other), '.env': `OLD_TOKEN=${other}\r\n` }, (by) => {
    by('secrets').edit(path, text, { why: 'a key goes', hides: true });
    by('secrets').edit('.env', `OLD_TOKEN=${other}\r\nSERVICE_KEY="${secret}"\r\n`, {
      why: 'the values',
      secret: true,
    });
    by('secrets').setting({ name: 'SERVICE_KEY', about: 'a key', secret: true });
    by('logs').edit(path, `${text}// the end\n`, { why: 'a line more' });
  });
}

/** All that is ever shown of a plan, with broken lines put together. */
function everythingShown(plan: RetrofitPlan): string {
  const wide = planText(plan, { ...plainLook, width: 120 });
  const narrow = planText(plan, { ...plainLook, width: 40 });
  return [wide, narrow, narrow.replaceAll(/\n\s*/g, ''), planJson({ plan, questions: [] })].join('\n');
}

/** Pieces of a secret by which somebody could know it; its first three characters may be shown. */
function piecesOf(secret: string): string[] {
  if (secret.length < 14) return [secret];
  return Array.from({ length: secret.length - 10 }, (_, at) => secret.slice(at + 3, at + 11)).filter(
    (piece) => piece.length === 8,
  );
}

describe.each(Object.entries(shapes))('%s', (_, shape) => {
  test.each(Object.entries(secrets))('shows nothing of a secret: %s', (_kind, secret) => {
    const other = `sk_live_${letters('neighbour', 24)}`;
    const shown = everythingShown(planFor(shape, secret, other));
    for (const piece of [...piecesOf(secret), ...piecesOf(other)]) expect(shown).not.toContain(piece);
    expect(shown).not.toContain(Buffer.from(secret).toString('base64').slice(4, 14));
    if (shape.shown !== undefined) expect(shown).toContain(shape.shown);
  });
});

const pem = madeUp['private key'] ?? '';
const keyLines = pem.split('\n').slice(1, -1);

describe('a private key over many lines', () => {
  test('in a template that goes', () => {
    const plan = planOf({ 'a.js': around(`const key = \`${pem}\`;`) }, (by) =>
      by('secrets').edit('a.js', around('const key = process.env.KEY;'), { why: 'the key goes', hides: true }),
    );
    for (const line of keyLines) expect(everythingShown(plan)).not.toContain(line);
  });

  test('that stays, with its end beside a line that changes', () => {
    const text = `const key = \`\n${pem}\`;\nconst port = 1;\n`;
    const plan = planOf({ 'a.js': text }, (by) =>
      by('logs').edit('a.js', text.replace('port = 1', 'port = 2'), { why: 'another port' }),
    );
    const shown = everythingShown(plan);
    for (const line of keyLines) expect(shown).not.toContain(line);
    expect(shown).toContain('const port = 2;');
  });

  test('in a file of settings, and in code that is left', () => {
    const [line = ''] = keyLines;
    const plan = planOf({ 'a.js': `const part = '${line}';\nconst port = 1;\n`, '.env': '' }, (by) => {
      by('secrets').edit('.env', `KEY="${pem}"\nkey_of_a_kind=1\n`, { why: 'the key', secret: true });
      by('logs').edit('a.js', `const part = '${line}';\nconst port = 2;\n`, { why: 'another port' });
    });
    const shown = everythingShown(plan);
    for (const one of keyLines) expect(shown).not.toContain(one);
    expect(shown).toContain('Sets KEY, 1 other.');
  });
});

test('a file of secrets that goes, comes or changes is named, and nothing in it', () => {
  const [first, second] = [letters('first', 30), letters('second', 30)];
  const plan = planOf({ '.env.production': `A=${first}\n`, 'keys.bin': first }, (by) => {
    by('secrets').remove('.env.production', { why: 'git forgets it', hides: true });
    by('secrets').edit('keys.bin', second, { why: 'made anew', secret: true });
    by('secrets').create('.env', `A=${first}\nB=${second}\n`, { why: 'stays here', secret: true });
  });
  const shown = everythingShown(plan);
  expect(shown).toContain('.env.production');
  expect(shown).toContain('Sets A, B.');
  expect(shown).toContain('Its values are not shown.');
  for (const piece of [...piecesOf(first), ...piecesOf(second)]) expect(shown).not.toContain(piece);
});

test('a careless sentence, line to paste or reason shows nothing', () => {
  const secret = letters('careless', 30);
  const plan = planOf({ 'a.js': `const x = '${secret}';\n` }, (by) => {
    const draft = by('secrets');
    draft.edit('a.js', 'const x = process.env.X;\n', { why: `${secret} goes`, hides: true });
    draft.leave({ where: { path: 'b.js', line: 1 }, why: `there is ${secret}`, lines: [`x = '${secret}'`] });
    draft.keep(`the vault with ${secret}`);
    draft.setting({ name: 'X', about: `was ${secret}`, secret: true });
  });
  for (const piece of piecesOf(secret)) expect(everythingShown(plan)).not.toContain(piece);
});
