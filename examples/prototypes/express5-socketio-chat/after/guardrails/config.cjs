// The only place where the guards read the environment: everything is checked here once, before the app starts.
'use strict';

require('./environment.cjs');
const { redactor } = require('./secrets/redact.cjs');
const { settings } = require('./settings.cjs');

const problems = [];
const values = Object.fromEntries(Object.keys(settings).map((name) => [name, valueOf(name)]));
if (problems.length > 0)
  throw new Error(`the app cannot start, because of its settings (guardrails/settings):\n  ${problems.join('\n  ')}`);

/** Every setting, checked and frozen. */
const config = Object.freeze(values);

/** The same text with the value of every secret replaced by its name. */
const redact = redactor(secretsIn(values), process.env);

function valueOf(name) {
  const { read, about } = settings[name];
  try {
    return read(process.env[name] || undefined);
  } catch (error) {
    problems.push(`${name} ${error.message}: ${about}. Set it in the environment, or in .env`);
    return undefined;
  }
}

function secretsIn(all) {
  const kinds = settings;
  const secrets = Object.entries(all).filter(([name, value]) => kinds[name]?.kind === 'secret' && value);
  return new Map(secrets.map(([name, value]) => [name, String(value)]));
}

module.exports = { config, redact };
