import type { Guard } from '../server.ts';
import type { Visit } from './visit.ts';

/** Why a route is open whose handler has nothing but errors for anybody. */
export const onlyErrors = 'it answers everybody with an error';

/** What is to be said of a route that refused nobody for certain. */
export function verdictOf({ doubts }: Visit, onlyFails: boolean): Guard {
  const opaque = doubts.find(({ about }) => about === 'opaque');
  if (opaque) return { state: 'unknown', why: opaque.why };
  if (onlyFails) return { state: 'open', why: onlyErrors };
  const setting = doubts.find(({ about }) => about === 'environment');
  return { state: 'open', why: setting ? setting.why : 'nothing on the way asks who is there' };
}
