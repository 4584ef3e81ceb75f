import { letters } from '../../secrets/made-up.ts';
import { openDraft, type Draft } from '../../../src/retrofit/draft.ts';
import type { DraftedBy, RetrofitPlan } from '../../../src/retrofit/plan.ts';
import { repositoryOf } from '../../support/repository.ts';

/** Credentials that nobody issued. */
export const key = `sk-proj-${letters('plan', 60)}`;
export const otherKey = `sk_live_${letters('other', 24)}`;

/** A plan that guardrails draft for a few files. */
export function planOf(
  files: Readonly<Record<string, string>>,
  work: (by: (id: DraftedBy) => Draft) => void,
  budget = { packages: 0, megabytes: 0 },
): RetrofitPlan {
  const { by, drafted } = openDraft({
    repository: repositoryOf(files, { name: 'shop' }),
    contentOf: (path) => files[path],
    app: '',
    versions: { jose: '6.1.0', pino: '10.0.0' },
  });
  work(by);
  return { ...drafted(), budget };
}

const server = `const express = require('express');
const OpenAI = require('openai');

const app = express();
const openai = new OpenAI({ apiKey: '${key}' });
const stripe = require('stripe')('${otherKey}');

app.use(express.json());

app.get('/orders', async (request, response) => {
  response.json(await orders());
});

app.post('/charge', async (request, response) => {
  response.json(await stripe.charges.create(request.body));
});

app.listen(3000, () => console.log('listening'));
`;

/** A small shop before anything is done to it. */
export const shop: Readonly<Record<string, string>> = {
  'server.js': server,
  'package.json': `${JSON.stringify({ name: 'shop', scripts: { start: 'node server.js' }, dependencies: { express: '4.18.2' } }, null, 2)}\n`,
  '.gitignore': 'node_modules\n',
};

/** A plan as guardrails make it: a key moves out, guards come in, one place is left, one promise is kept. */
export function shopPlan(): RetrofitPlan {
  return planOf(
    shop,
    (by) => {
      const secrets = by('secrets');
      secrets.edit('server.js', server.replace(`'${key}'`, 'process.env.OPENAI_API_KEY'), {
        why: 'the key of OpenAI is read from the environment',
        hides: true,
      });
      secrets.create('.env', `OPENAI_API_KEY=${key}\nAUTH_MODE=enforce\n`, {
        why: 'the values that stood in the code, where git does not look',
        secret: true,
      });
      secrets.edit('.gitignore', 'node_modules\n.env\n', { why: '.env stays on this machine' });
      secrets.setting({ name: 'OPENAI_API_KEY', about: 'the key of OpenAI', secret: true });
      secrets.leave({
        where: { path: 'server.js', line: 6 },
        why: 'the key of Stripe is given to a function in a way that could not be followed',
        lines: ["const stripe = require('stripe')(process.env.STRIPE_SECRET_KEY);"],
      });
      const wiring = by('wiring');
      for (const name of ['index', 'config', 'call', 'passage', 'framework'])
        wiring.create(`guardrails/${name}.cjs`, 'one\ntwo\nthree\n', { why: 'the frame that the guards hang on' });
      const at = (wiring.read('server.js') ?? '').indexOf('const stripe');
      wiring.editSpans('server.js', [{ start: at, end: at, text: 'guard(app);\n', why: 'the call' }], {
        why: 'every request passes the guards, before the first route',
      });
      const auth = by('auth');
      auth.create('guardrails/access.cjs', 'one\n', { why: 'who may call what: the list that you edit' });
      auth.create('guardrails/gate.cjs', 'one\ntwo\n', { why: 'whoever is not on the list is refused' });
      auth.require(['jose']);
      auth.setting({ name: 'AUTH_SECRET', about: 'signs who is signed in', secret: true });
      by('ci').keep('the pipeline stays with CircleCI', { path: '.circleci/config.yml' });
    },
    { packages: 1, megabytes: 2 },
  );
}
