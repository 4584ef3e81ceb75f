import { planCreate, type Plan } from '../../src/flow/create.ts';
import { answersWith, inputs } from './answers.ts';

const examples = [
  { name: 'hono-password', answers: answersWith({ framework: 'hono', signUp: { mode: 'invite' } }) },
  { name: 'fastify-oidc', answers: answersWith({ framework: 'fastify', auth: 'oidc', secrets: ['env', 'vault'] }) },
  { name: 'express-password', answers: answersWith({ framework: 'express', ci: 'gitlab', afterExpiry: 'closed' }) },
];

/** The projects in examples/, by folder name. Their end date is far, so that nothing in them expires. */
export function exampleProjects(): ReadonlyMap<string, Plan> {
  return new Map(
    examples.map(({ name, answers }) => [name, planCreate({ ...answers, name, expires: '2099-12-31' }, inputs)]),
  );
}
