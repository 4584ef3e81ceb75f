import { afterEach, expect, test, vi } from 'vitest';
import express from '../../src/frameworks/express/recognise.ts';
import { recognitionFailures, serversOf } from '../../src/frameworks/servers.ts';
import { fact } from '../../src/repository/repository.ts';
import { rules } from '../../src/rules/registry.ts';
import { repositoryOf } from '../support/repository.ts';
import { reportOf } from '../support/voices.ts';

const files = {
  'package.json': '{"scripts": {"start": "node app.js"}, "dependencies": {"express": "^5.0.0"}}',
  'app.js':
    "const app = require('express')();\napp.post('/orders', (request, response) => response.end());\napp.listen(3000);\n",
};
const [deny, validated] = ['auth/default-deny', 'security/input-validated'].map((wanted) =>
  rules.filter(({ id }) => id === wanted),
);

afterEach(() => {
  vi.restoreAllMocks();
});

/** Looking for Express stumbles, as it would over code that nobody thought of. */
function stumble(): void {
  vi.spyOn(express, 'serversIn').mockImplementation(() => {
    throw new TypeError('node is undefined');
  });
}

test('a recogniser that throws costs its own answer and no other', () => {
  stumble();
  const other = "const app = require('fastify')();\napp.get('/', async () => 1);\napp.listen({ port: 1 });\n";
  const repository = repositoryOf({
    ...files,
    'other/package.json': '{"dependencies": {"fastify": "^5.0.0"}}',
    'other/app.js': other,
  });
  expect(serversOf(repository).map(({ framework }) => framework)).toEqual(['fastify']);
  const [failure] = recognitionFailures(repository);
  expect(failure).toMatchObject({ framework: 'express', where: { path: 'package.json' } });
  expect(failure?.why).toContain('node is undefined');
});

test.each([[deny], [validated]])(
  'no rule takes what was not seen for a server that is not there',
  async (asked = []) => {
    stumble();
    const { findings } = await reportOf(asked, {}, files);
    expect(findings.map(({ verdict, where }) => [verdict, where?.path])).toEqual([['unknown', 'package.json']]);
  },
);

test('the report stands, and does not say yes', async () => {
  stumble();
  const { conclusion, about, findings } = await reportOf(rules, {}, files);
  expect(conclusion.answer).not.toBe('yes');
  expect(about.length).toBeGreaterThan(0);
  expect(findings.length).toBeGreaterThanOrEqual(rules.length);
});

test('a fact that throws is not worked out again', () => {
  const compute = vi.fn<() => never>(() => {
    throw new Error('no idea');
  });
  const failing = fact(compute);
  const repository = repositoryOf({});
  expect(() => failing(repository)).toThrow('no idea');
  expect(() => failing(repository)).toThrow('no idea');
  expect(compute).toHaveBeenCalledTimes(1);
});
