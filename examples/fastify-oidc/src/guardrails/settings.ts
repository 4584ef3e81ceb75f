// Lists every setting of this app: its rule and what it is for. The app does not start while one is missing or wrong.
import { z } from 'zod';
import { secret, setting } from './setting.ts';

/** A `setting` may have a default, a `secret` never has one. One line each, sorted; `.env.example` names the same. */
// prettier-ignore
export const settings = {
  APP_CLOSED: setting(z.enum(['0', '1']).default('0'), '1 closes everything but /livez: the emergency stop'),
  CORS_ORIGINS: setting(z.string().regex(/^(https?:[/][/][a-z0-9.:-]+(,(?=h)|$))*$/).default(''), 'web pages that may call this app, comma between'),
  DATABASE_FILE: setting(z.string().min(1).default('data/app.db'), 'where the expense claims are kept'),
  DEPLOYMENT_ENVIRONMENT: setting(z.string().default('development'), 'where this copy runs, such as production'),
  EMBEDDED_DATABASE: setting(z.literal('one-replica-on-a-volume').optional(), 'needed in production: that one copy runs, with its data on a persistent volume'),
  HOST: setting(z.string().min(1).default('127.0.0.1'), 'the address to listen on; 0.0.0.0 in a container'),
  LOG_LEVEL: setting(z.enum(['debug', 'info', 'warn', 'error', 'silent']).default('info'), 'how much is logged'),
  NODE_ENV: setting(z.enum(['development', 'test', 'production']).default('production'), 'what this run is for'),
  OIDC_AUDIENCE: setting(z.string().min(1).default('fastify-oidc'), 'the name of this app at the sign-in service'),
  OIDC_ISSUER: setting(z.url().default('http://127.0.0.1:4100'), 'the sign-in service whose tokens are accepted'),
  OIDC_ROLES_CLAIM: setting(z.string().min(1).default('roles'), 'where in the token the roles stand'),
  OTEL_BSP_SCHEDULE_DELAY: setting(z.coerce.number().positive().default(1000), 'milliseconds between batches'),
  OTEL_EXPORTER_OTLP_ENDPOINT: setting(z.url().optional(), 'where traces and metrics are sent; nowhere if empty'),
  OTEL_METRIC_EXPORT_INTERVAL: setting(z.coerce.number().positive().default(60000), 'milliseconds between metrics'),
  OTEL_SERVICE_NAME: setting(z.string().default('fastify-oidc'), 'the name of this app in traces and logs'),
  OTEL_TRACES_SAMPLER: setting(z.string().default('parentbased_always_on'), 'which requests are traced'),
  OTEL_TRACES_SAMPLER_ARG: setting(z.coerce.number().min(0).max(1).default(1), 'the share that is traced, 0 to 1'),
  PORT: setting(z.coerce.number().int().min(0).max(65535).default(3000), 'the port to listen on'),
  RATES_URL: setting(z.url().default('https://api.frankfurter.dev/v1'), 'the service that knows exchange rates'),
  RATE_LIMIT: setting(z.coerce.number().int().positive().default(300), 'requests per minute that one address may send'),
  SECRET_SOURCES: setting(z.string().optional(), 'asks only these sources of secrets, such as env'),
  SHUTDOWN_NOTICE: setting(z.coerce.number().int().min(0).max(5).default(0), 'seconds to say not ready before stopping'),
  TRUST_PROXY: setting(z.coerce.number().int().min(0).max(5).default(0), 'how many proxies stand before this app'),
} satisfies Record<string, ReturnType<typeof secret | typeof setting>>;
