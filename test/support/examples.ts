import { planCreate, type Plan } from '../../src/flow/create.ts';
import { answersWith, inputs } from './answers.ts';

const examples = [
  { name: 'hono-password', answers: answersWith({ framework: 'hono', signUp: { mode: 'invite' } }) },
  { name: 'fastify-oidc', answers: answersWith({ framework: 'fastify', auth: 'oidc', secrets: ['env', 'vault'] }) },
  { name: 'express-password', answers: answersWith({ framework: 'express', ci: 'gitlab', afterExpiry: 'closed' }) },
];

/** Examples are made on a day far ahead: an end date is at most 90 days away, and theirs must never come. */
const farAhead = new Date('2099-10-15T00:00:00Z');

/** The projects in examples/, by folder name. */
export function exampleProjects(): ReadonlyMap<string, Plan> {
  return new Map(
    examples.map(({ name, answers }) => [
      name,
      planCreate({ ...answers, name, expires: '2099-12-31' }, { ...inputs, clock: farAhead }),
    ]),
  );
}
