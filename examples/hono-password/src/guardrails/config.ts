// The only place that reads the environment: everything is checked here once, before the app starts.
import { existsSync } from 'node:fs';
import { loadConfig } from './secrets/load.ts';
import { chain } from './secrets/chain.ts';
import { settings } from './settings.ts';

// A laptop has a .env file, which says NODE_ENV=development. A server has none: there, not saying anything means production.
if ((process.env.NODE_ENV ?? 'development') === 'development' && existsSync('.env')) process.loadEnvFile('.env');

const loaded = await loadConfig(settings, process.env, chain);

/** Every setting, checked and frozen. Printing it shows names and never values. */
export const config = loaded.config;

/** The same text with the value of every secret replaced by its name. */
export const redact = loaded.redact;
