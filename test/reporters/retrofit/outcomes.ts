import type { Report } from '../../../src/flow/report.ts';
import type { OutcomeTelling } from '../../../src/reporters/retrofit/telling.ts';
import type { RetrofitAnswers } from '../../../src/retrofit/answers.ts';
import type { Proof } from '../../../src/retrofit/proof.ts';
import { secretsIn } from '../../../src/secrets/secrets-in.ts';
import { repositoryOf } from '../../support/repository.ts';
import { failure, nakedRules, reportOf, ruleSaying } from '../../support/voices.ts';
import { shop, shopPlan } from './plans.ts';

/** What was seen of a shop: most is proven, one route is not, one guardrail was dropped. */
export const proof: Proof = {
  before: { started: true, command: 'npm start', seconds: 0.8 },
  after: { started: true, command: 'npm start', seconds: 0.9 },
  routes: [
    route('GET /', '200 text/html', '200 text/html', 'not asked'),
    route('GET /orders', '200 application/json', '401 application/problem+json', '200 application/json'),
    route('GET /orders/:id', '404 application/json', '401 application/problem+json', '404 application/json'),
    route('POST /charge', 'the handler was reached', '401 application/problem+json', 'the handler was reached'),
    {
      ...route('GET /report', '200 application/json', '401 application/problem+json', '200 application/json'),
      verdict: 'not-proven',
      why: 'its answers differed between two runs before any change',
    },
  ],
  own: [
    { command: 'npm test', before: 'passes', after: 'passes', verdict: 'same', why: '' },
    { command: 'npm run build', before: 'fails', after: 'fails', verdict: 'same', why: 'a type is missing' },
  ],
  span: { arrived: true, why: '' },
  dropped: [{ by: 'security', why: 'GET /widget was put into a frame of another site, and could not be any more' }],
  recorded: [],
  refusedCalls: ['api.openai.com:443', 'api.stripe.com:443'],
  seconds: { install: 4.2, before: 2.1, after: 1.3, own: 3.4 },
};

function route(key: string, before: string, stranger: string, signedIn: string): Proof['routes'][number] {
  return { key, verdict: 'same', why: '', before, stranger, signedIn };
}

export const answers: RetrofitAnswers = {
  app: '',
  auth: 'password',
  authMode: 'enforce',
  signUp: 'closed',
  surface: 'pages',
  ci: 'github',
  data: 'personal',
  owner: '@ana',
  secondOwner: '@ben',
  onCall: '+49 30 1234567',
  expires: '2027-01-21',
  afterExpiry: 'warn',
  access: new Map([
    ['GET /', "open('the page that everybody sees first')"],
    ['GET /orders', "'user'"],
    ['GET /orders/:id', "'user'"],
    ['POST /charge', "anyOf('admin', 'sales')"],
    ['GET /report', "'user'"],
  ]),
  guardrails: ['secrets', 'auth', 'security', 'ci'],
};

/** The two checks: three promises are kept that were broken, one is broken still. */
export async function reports(): Promise<{ readonly before: Report; readonly after: Report }> {
  const rest = ruleSaying('security/input-validated', [failure({ message: 'What comes in is not looked at.' })], {
    title: 'What comes in is looked at before it is used.',
  });
  const kept = nakedRules.map(({ id, title }) => ruleSaying(id, [{ verdict: 'pass', message: 'kept' }], { title }));
  const others = kept.filter(({ id }) => id !== rest.id);
  return { before: await reportOf(nakedRules), after: await reportOf([...others, rest]) };
}

/** A retrofit that is done; some of it changed. */
export async function outcomeOf(changed: Partial<OutcomeTelling> = {}): Promise<OutcomeTelling> {
  return {
    project: 'shop',
    version: '1.2.3',
    date: '2026-11-22',
    plan: shopPlan(),
    answers,
    ...(await reports()),
    proof,
    keys: await secretsIn(repositoryOf(shop)),
    installed: 'npm install',
    commits: { branch: 'shipshape', count: 4 },
    next: ['node guardrails/add-user.cjs you@example.com', 'npm start', 'npx create-shipshape check'],
    undo: 'npx create-shipshape undo',
    notes: [],
    ...changed,
  };
}
