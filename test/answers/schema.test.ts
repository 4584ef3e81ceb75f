import { expect, test } from 'vitest';
import { createFlags } from '../../src/answers/flags.ts';
import { inputSchema } from '../../src/answers/schema.ts';

interface Schema {
  readonly required: readonly string[];
  readonly properties: Record<string, { enum?: readonly string[]; pattern?: string; default?: unknown }>;
}

const { required, properties } = inputSchema() as Schema;

test('every flag of create that is an input has a property, and nothing else does', () => {
  const inputs = createFlags.filter(({ group }) => group !== 'Output').map(({ name }) => name.slice(2));
  expect(Object.keys(properties)).toEqual(['dir', ...inputs]);
});

test('a program learns what it must give', () => {
  expect(required).toEqual(['dir', 'owner']);
});

test('values and usual values are listed', () => {
  expect(properties['framework']).toMatchObject({ enum: ['hono', 'fastify', 'express'], default: 'hono' });
  expect(properties['secrets']).toMatchObject({ type: 'array', default: ['env', 'file'] });
  expect(new RegExp(properties['owner']?.pattern ?? '').test('@ana')).toBe(true);
});
