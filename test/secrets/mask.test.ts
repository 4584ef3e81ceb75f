import { describe, expect, test } from 'vitest';
import { maskSecrets } from '../../src/secrets/mask.ts';
import { masked } from '../../src/secrets/masked.ts';
import { letters, madeUp } from './made-up.ts';

const random = letters('mask', 24);

test('three characters of a long value, nothing of a short one', () => {
  expect(masked(random)).toBe(`${random.slice(0, 3)}…`);
  expect(masked('hunter22222')).toBe('…');
});

test.each(Object.entries(madeUp))('%s', (_, value) => {
  const shown = maskSecrets(`before ${value} after`);
  for (let index = 0; index + 6 <= value.length; index++) {
    const piece = value.slice(index, index + 6);
    if (!/^[-A-Z ]+$/.test(piece)) expect(shown).not.toContain(piece);
  }
  expect(shown).toMatch(/^before .*…/);
});

describe('whatever is given to the name of a secret', () => {
  test.each([
    [`const JWT_SECRET = process.env.JWT_SECRET || 'shh its me';`, `const JWT_SECRET = process.env.JWT_SECRET || '…';`],
    [`jwt.sign({ id }, 'keyboard cat')`, `jwt.sign({ id }, 'key…')`],
    [`new Sequelize('shop', 'root', 'qwerty')`, `new Sequelize('…', '…', '…')`],
    [`users = [{ name: 'a', password: '1234' }]`, `users = [{ name: 'a', password: '…' }]`],
    [`DB_PASSWORD=hunter2`, `DB_PASSWORD=…`],
    [`mongodb://root:root@localhost/db`, `mongodb://root:…@localhost/db`],
    [`"password": "x1y2z3"`, `"password": "…"`],
  ])('%s', (line, shown) => {
    expect(maskSecrets(line)).toBe(shown);
  });

  test.each([
    `app.get('/orders', requireUser, list);`,
    `const password = request.body.password;`,
    `cors({ origin: 'https://acme.co', allowedHeaders: ['Authorization'] })`,
    `import jwt from 'jsonwebtoken';`,
    `if (!token) return response.status(401).end();`,
  ])('and nothing else: %s', (line) => {
    expect(maskSecrets(line)).toBe(line);
  });
});
