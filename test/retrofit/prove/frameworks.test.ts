import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { givenOn } from '../../../src/retrofit/given.ts';
import { lookAtProject, serverOf } from '../../../src/retrofit/look.ts';
import { planRetrofit } from '../../../src/retrofit/plan-retrofit.ts';
import { settleRetrofit } from '../../../src/retrofit/settle.ts';
import { openCheckout } from '../../../src/world/checkout.ts';
import { inputs } from '../../support/answers.ts';
import { cleanUp, manifestOf, projectOf, proofOf, verdictsIn } from './project.ts';

afterAll(cleanUp);

const routes = `
app.get('/notes', (a, b) => send(a, b, [{ id: 1, text: 'first' }]));
app.get('/notes/:id', (a, b) => send(a, b, { id: 'x' }));
app.post('/notes', (a, b) => send(a, b, { id: 2 }));
app.get('/health', (a, b) => send(a, b, { ok: true }));
`;
const express = `const send = (req, res, body) => res.json(body);\nconst app = express();\n${routes}\napp.listen(process.env.PORT || 3000);\n`;

const stacks: Readonly<
  Record<string, { readonly file: string; readonly text: string; readonly packages: readonly string[] }>
> = {
  'Express 5, modules': {
    file: 'server.mjs',
    text: `import express from 'express';\n${express}`,
    packages: ['express'],
  },
  'Express 4, CommonJS': {
    file: 'server.js',
    text: `const express = require('express');\n${express}`,
    packages: ['express=express-4'],
  },
  'Fastify 5': {
    file: 'server.mjs',
    text: `import Fastify from 'fastify';\nconst send = (req, reply, body) => reply.send(body);\nconst app = Fastify();\n${routes}\nawait app.listen({ port: Number(process.env.PORT || 3000) });\n`,
    packages: ['fastify'],
  },
  Hono: {
    file: 'server.mjs',
    text: `import { Hono } from 'hono';\nimport { serve } from '@hono/node-server';\nconst send = (c, next, body) => c.json(body);\nconst app = new Hono();\n${routes}\nserve({ fetch: app.fetch, port: Number(process.env.PORT || 3000) });\n`,
    packages: ['hono', '@hono/node-server'],
  },
};

test.each(Object.keys(stacks))('%s: planned, tried, and all is the same', async (name) => {
  const { file, text, packages } = stacks[name]!;
  const names = packages.map((each) => [each.split('=')[0], '*']);
  const manifest = manifestOf(file, {}, { dependencies: Object.fromEntries(names) });
  const folder = projectOf({ 'package.json': manifest, [file]: text }, packages);
  const proof = await retrofitProven(folder);
  expect(proof.before).toMatchObject({ started: true });
  expect(proof.after).toMatchObject({ started: true });
  expect(proof.routes.filter(({ verdict }) => verdict !== 'same')).toEqual([]);
  expect(proof.dropped).toEqual([]);
  expect(verdictsIn(proof)).toEqual(
    expect.arrayContaining(['GET /notes same', 'POST /notes same', 'GET /health same']),
  );
  const [list, posted] = ['GET /notes', 'POST /notes'].map((key) => proof.routes.find((route) => route.key === key));
  expect(list).toMatchObject({ stranger: expect.stringMatching(/^401/), signedIn: '200 application/json' });
  expect(posted).toMatchObject({ stranger: expect.stringMatching(/^401/), signedIn: 'the handler was reached' });
});

test('company sign-in: a service for the time of the proof issues the tokens', async () => {
  const { file, text } = stacks['Express 5, modules']!;
  const manifest = manifestOf(file, {}, { dependencies: { express: '*', jose: '*', 'openid-client': '*' } });
  const folder = projectOf({ 'package.json': manifest, [file]: text }, ['express', 'jose', 'openid-client']);
  const proof = await retrofitProven(folder, 'oidc');
  expect(proof.routes.filter(({ verdict }) => verdict !== 'same')).toEqual([]);
  expect(proof.dropped).toEqual([]);
  const list = proof.routes.find(({ key }) => key === 'GET /notes');
  expect(list).toMatchObject({ stranger: expect.stringMatching(/^401/), signedIn: '200 application/json' });
});

/** What the command does: plans with the usual answers, and proves it. */
async function retrofitProven(folder: string, auth = 'password') {
  const repository = openCheckout(folder);
  const { apps } = await lookAtProject(repository);
  const app = apps[0]!;
  const server = serverOf(repository, app);
  const given = givenOn(
    new Map([
      ['--auth', auth],
      ['--owner', '@acme/notes'],
      ['--only', 'auth,logs,security,operability'],
    ]),
    inputs.clock,
  );
  const answers = settleRetrofit(given, { repository, app, server, clock: inputs.clock });
  const contentOf = (path: string): Buffer | undefined =>
    repository.file(path) ? readFileSync(join(folder, path)) : undefined;
  const access = new Map(answers.access);
  return proofOf(folder, {
    repository,
    app,
    server,
    access,
    identity: answers.auth,
    replan: (without, unlisted = []) => {
      for (const key of unlisted) access.set(key, "'user'");
      return planRetrofit(
        { repository, app, server, inputs, node: '20.12.0', answers: { ...answers, access } },
        { contentOf, without },
      );
    },
  });
}
