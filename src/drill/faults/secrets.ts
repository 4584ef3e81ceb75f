import { appendTo, replaceIn, type Fault } from '../fault.ts';

const service = 'src/services/rates.ts';

/** Made at run time, so that no scanner takes this file for a leak. */
const key = ['sk', 'live', '51Hq8ZkLr0WmTyXcVbNa9SdFgJpQeRuIo'].join('_');
const half = Math.floor(key.length / 2);

/** Faults that let a secret out, or let the app run without one. */
export const secretFaults: readonly Fault[] = [
  {
    id: 'key-plain',
    title: 'a payment key pasted into a service',
    rule: 'secrets/no-hardcoded',
    plant: (tree) => appendTo(tree, service, `\nexport const paymentKey = '${key}';`),
  },
  {
    id: 'key-split',
    title: 'the same key, split in two to get past the scanner',
    rule: 'secrets/no-hardcoded',
    plant: (tree) =>
      appendTo(tree, service, `\nexport const paymentKey = '${key.slice(0, half)}' + '${key.slice(half)}';`),
  },
  {
    id: 'key-base64',
    title: 'the same key, in base64',
    rule: 'secrets/no-hardcoded',
    plant: (tree) =>
      appendTo(
        tree,
        service,
        `\nexport const paymentKey = Buffer.from('${Buffer.from(key).toString('base64')}', 'base64').toString();`,
      ),
  },
  {
    id: 'password-literal',
    title: 'a database password without any known pattern',
    rule: 'secrets/no-hardcoded',
    plant: (tree) =>
      appendTo(tree, service, `\nexport const databasePassword = '${['7fK', 'q2Zp', 'W9xLm4Rt'].join('')}';`),
  },
  {
    id: 'key-in-docs',
    title: 'a key in the runbook',
    rule: 'secrets/no-hardcoded',
    plant: (tree) => appendTo(tree, 'docs/runbook.md', `\nPayment key: \`${key}\``),
  },
  {
    id: 'secret-default',
    title: 'a secret gets a default, so that it starts without one',
    rule: 'secrets/config-boundary',
    plant: (tree) =>
      replaceIn(
        tree,
        'src/guardrails/settings.ts',
        /^export const settings = \{$/m,
        "export const settings = {\n  API_TOKEN: secret(z.string().default('changeme-changeme'), 'calls the partner'),",
      ),
  },
  ...[
    ['env-dot', 'process.env.PARTNER_URL'],
    ['env-bracket', "process['env'].PARTNER_URL"],
    ['env-destructured', '(({ env }) => env.PARTNER_URL)(process)'],
    ['env-global', 'globalThis.process.env.PARTNER_URL'],
  ].map(([id = '', code = '']): Fault => ({
    id,
    title: `the environment read past the config module: ${code}`,
    rule: 'secrets/config-boundary',
    plant: (tree) => appendTo(tree, service, `\nexport const partnerUrl = ${code};`),
  })),
  {
    id: 'env-imported',
    title: 'the environment imported from node:process',
    rule: 'secrets/config-boundary',
    plant: (tree) =>
      replaceIn(tree, service, /^/, "import { env } from 'node:process';\n") &&
      appendTo(tree, service, '\nexport const partnerUrl = env.PARTNER_URL;'),
  },
  {
    id: 'env-file-tracked',
    title: '.env no longer ignored by git',
    rule: 'secrets/env-not-tracked',
    plant: (tree) => replaceIn(tree, '.gitignore', /^\.env.*\n/m, ''),
  },
];
