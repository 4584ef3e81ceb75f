import { expect, test } from 'vitest';
import auth from '../../../src/guardrails/auth/retrofit.ts';
import { drafting } from '../../retrofit/tests-scene.ts';

const files = {
  'package.json': '{ "name": "notes", "dependencies": { "express": "5.3.0" } }\n',
  'server.js':
    "const express = require('express');\nconst app = express();\napp.get('/', (_req, res) => res.send('hi'));\napp.listen(3000);\n",
};
const guards = { path: 'server.js', dialect: 'cjs' } as const;

test('the app starts on this computer, and what IT has to supply is named', async () => {
  const made = await drafting({ ...files, '.env': 'PORT=3000\n' }, auth, { auth: 'oidc' }, { guards });
  expect(made.files['.env']).toBe('PORT=3000\nOIDC_ISSUER=http://127.0.0.1:4100\nOIDC_CLIENT_ID=this-app\n');
  expect(made.files['guardrails/local-issuer.cjs']).toContain('4100');
  expect(made.packages).toEqual(['jose', 'openid-client']);
  expect(made.settings.map(({ name, secret }) => (secret ? `${name} (secret)` : name))).toEqual([
    'OIDC_ISSUER',
    'OIDC_CLIENT_ID',
    'OIDC_CLIENT_SECRET (secret)',
    'OIDC_AUDIENCE',
    'OIDC_ROLES_CLAIM',
    'OIDC_EMAIL_DOMAINS',
    'PUBLIC_URL',
    'AUTH_SECRET (secret)',
  ]);
  for (const step of made.steps.filter(({ path }) => path === '.env'))
    expect(step).toMatchObject({ secret: true, hides: true });
});

test('a sign-in service that is named already stays, and a second run changes nothing', async () => {
  const named = { ...files, '.env': 'OIDC_ISSUER=https://login.example.com\nOIDC_CLIENT_ID=notes\n' };
  const made = await drafting(named, auth, { auth: 'oidc' }, { guards });
  expect(made.files['.env']).toBe(named['.env']);
  const again = await drafting(made.files, auth, { auth: 'oidc' }, { guards });
  expect([again.steps, again.settings]).toEqual([[], []]);
});
