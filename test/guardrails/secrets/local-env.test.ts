import { parseEnv } from 'node:util';
import { expect, test } from 'vitest';
import { planCreate } from '../../../src/flow/create.ts';
import { localEnv, settingsIn } from '../../../src/guardrails/secrets/local-env.ts';
import { answersWith, inputs } from '../../support/answers.ts';

const fixed = (bytes: number): string => 'r'.repeat(bytes * 2);

test('every secret gets its own random value, and nothing else is set', () => {
  const settings = [
    { name: 'MAIL_KEY', kind: 'secret', about: "sends the team's mail" },
    { name: 'PORT', kind: 'setting', about: 'the port' },
  ] as const;
  expect(localEnv(settings, fixed)).toMatch(/^# sends the team's mail\nMAIL_KEY=r{64}$/m);
  expect(Object.keys(parseEnv(localEnv(settings, fixed)))).toEqual(['MAIL_KEY', 'NODE_ENV', 'SECRET_SOURCES']);
});

test('the settings of a new project are found in its text', () => {
  const { files } = planCreate(answersWith(), inputs);
  const found = settingsIn(files.get('src/guardrails/settings.ts') ?? '');
  expect(found.filter(({ kind }) => kind === 'secret').map(({ name }) => name)).toContain('AUTH_SECRET');
  expect(found.filter(({ kind }) => kind === 'setting').map(({ name }) => name)).toContain('PORT');
});
