// The only file that reads the environment. Whatever is missing or wrong stops the program before it listens.
import { z } from 'zod';

const schema = z.object({
  NODE_ENV: z.enum(['development', 'test', 'production']).default('production'),
  HOST: z.string().default('127.0.0.1'),
  PORT: z.coerce.number().int().min(0).max(65535).default(3000),
  TRUST_PROXY: z.coerce.number().int().min(0).default(0),
  DATABASE_URL: z.url(),
  AUTH_ISSUER: z.url(),
  AUTH_AUDIENCE: z.string().min(1),
});

/** Every setting, checked. Throws an error that names what is missing. */
export function readConfig(environment = process.env) {
  return schema.parse(environment);
}
