import type { Answers } from '../../src/answers/answers.ts';
import { inputsFromCheckout } from '../../src/world/plan-inputs.ts';

/** The day on which every test project is created. */
export const creationDay = new Date('2026-11-22T00:00:00Z');

/** The inputs of every plan in the tests: the templates of this checkout and a fixed day. */
export const inputs = inputsFromCheckout('.', creationDay);

/** Complete answers of an ordinary project, with some of them changed. */
export function answersWith(changed: Partial<Answers> = {}): Answers {
  return {
    name: 'expense-claims',
    directory: 'expense-claims',
    starter: 'api',
    framework: 'hono',
    auth: 'password',
    signUp: { mode: 'closed' },
    secrets: ['env', 'file'],
    ci: 'github',
    owner: '@acme/payments',
    secondOwner: '@acme/platform',
    onCall: '@acme/payments',
    data: 'internal',
    expires: '2027-01-21',
    afterExpiry: 'warn',
    runtime: 'pinned',
    packageManager: 'npm',
    install: true,
    git: true,
    ...changed,
  };
}
