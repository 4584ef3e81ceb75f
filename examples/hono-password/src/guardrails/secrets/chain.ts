// The places where this app looks for its secrets, the first one first. Each is loaded only when it is asked.
import type { Chain } from './sources.ts';

/** Source name to its module. */
export const chain: Chain = {
  env: () => import('./env.ts'),
  file: () => import('./file.ts'),
};
