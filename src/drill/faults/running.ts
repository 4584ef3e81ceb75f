import { removeAll, replaceIn, type Fault } from '../fault.ts';

const wiring = 'src/guardrails/index.ts';

/** Faults that one notices only when the app runs for others: telemetry, logs, limits, shutdown, ownership. */
export const runningFaults: readonly Fault[] = [
  {
    id: 'telemetry-not-started',
    title: 'the start script without --import',
    rule: 'telemetry/otel-wired',
    plant: (tree) => replaceIn(tree, 'package.json', /"start": "node --import \S+ /, '"start": "node '),
  },
  {
    id: 'trace-removed',
    title: 'requests no longer traced',
    rule: 'telemetry/otel-wired',
    plant: (tree) =>
      replaceIn(tree, wiring, /requestTrace, (?=[^\]]*\])/, '') &&
      replaceIn(tree, wiring, /^import \{ requestTrace \}.*\n/m, ''),
  },
  {
    id: 'log-removed',
    title: 'requests no longer logged',
    rule: 'telemetry/structured-logs',
    plant: (tree) =>
      replaceIn(tree, wiring, /requestLog, (?=[^\]]*\])/, '') &&
      replaceIn(tree, wiring, /^import \{ requestLog \}.*\n/m, ''),
  },
  {
    id: 'token-logged',
    title: 'the authorization header written to the log',
    rule: 'telemetry/structured-logs',
    plant: (tree) =>
      replaceIn(
        tree,
        'src/guardrails/request-log.ts',
        /const line = \{/,
        'const line = { sent: String(req.headers.authorization), cookies: req.headers.cookie,',
      ),
  },
  {
    id: 'headers-removed',
    title: 'the security headers switched off',
    rule: 'security/http-hardening',
    plant: (tree) =>
      replaceIn(tree, wiring, /httpHardening, (?=[^\]]*\])/, '') &&
      replaceIn(tree, wiring, /^import \{ httpHardening \}.*\n/m, ''),
  },
  {
    id: 'rate-limit-removed',
    title: 'the rate limit switched off',
    rule: 'security/http-hardening',
    plant: (tree) =>
      replaceIn(tree, wiring, /rateLimit, (?=[^\]]*\])/, '') &&
      replaceIn(tree, wiring, /^import \{ rateLimit \}.*\n/m, ''),
  },
  {
    id: 'errors-tell-all',
    title: 'error answers carry the stack',
    rule: 'security/http-hardening',
    plant: (tree) =>
      replaceIn(
        tree,
        wiring,
        /onError\(app, \w+\);/,
        'onError(app, (error) => ({ status: 500, body: String((error as Error).stack) }));',
      ) && replaceIn(tree, wiring, /^import \{ toAnswer \}.*\n/m, ''),
  },
  {
    id: 'container-as-root',
    title: 'the container runs as root',
    rule: 'operability/container-hardened',
    plant: (tree) => replaceIn(tree, 'Dockerfile', /^USER .*\n/m, ''),
  },
  {
    id: 'health-removed',
    title: 'the health routes removed',
    rule: 'operability/health-and-shutdown',
    plant: (tree) =>
      replaceIn(tree, wiring, /^ *healthRoutes\(app\);\n/m, '') &&
      replaceIn(tree, wiring, /^import \{ healthRoutes \}.*\n/m, ''),
  },
  {
    id: 'input-unchecked',
    title: 'a body goes into the database without its schema',
    rule: 'security/input-validated',
    plant: (tree) => replaceIn(tree, 'src/schemas/expense.ts', /amount: z\.[^,\n]*,/, 'amount: z.any(),'),
  },
  {
    id: 'owner-removed',
    title: 'nobody owns the project any more',
    rule: 'ownership/owner-declared',
    plant: (tree) => replaceIn(tree, 'catalog-info.yaml', /owner: .*/, 'owner: unknown'),
  },
  {
    id: 'end-date-moved',
    title: 'the end date quietly moved by ten years',
    rule: 'ownership/lifecycle-expiry',
    plant: (tree) => replaceIn(tree, 'catalog-info.yaml', /(?<key>expires-on: ["']?)20\d\d/, '$<key>2037'),
  },
  {
    id: 'expiry-workflow-removed',
    title: 'the workflow that watches the end date removed',
    rule: 'ownership/lifecycle-expiry',
    plant: (tree) =>
      removeAll(tree, /^\.github\/workflows\/expiry\.yml$/) ||
      replaceIn(tree, '.gitlab-ci.yml', /^expiry:/m, '.expiry:'),
  },
];
