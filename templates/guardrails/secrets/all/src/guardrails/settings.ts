// Lists every setting of this app: its rule and what it is for. The app does not start while one is missing or wrong.
import { z } from 'zod';
import { secret, setting } from './setting.ts';

/** A `setting` may have a default, a `secret` never has one. One line each, sorted; `.env.example` names the same. */
// prettier-ignore
export const settings = {
  NODE_ENV: setting(z.enum(['development', 'test', 'production']).default('production'), 'what this run is for'),
  SECRET_SOURCES: setting(z.string().optional(), 'asks only these sources of secrets, such as env'),
} satisfies Record<string, ReturnType<typeof secret | typeof setting>>;
