// What the commands for secrets know of their surroundings. They run before the settings are complete, so they cannot use config.ts.
import { existsSync } from 'node:fs';
import type { Environment } from '../../src/guardrails/secrets/source.ts';

if (process.env.NODE_ENV !== 'production' && existsSync('.env')) process.loadEnvFile('.env');

/** The environment, with the git-ignored .env file of a laptop. */
export const environment: Environment = process.env;
