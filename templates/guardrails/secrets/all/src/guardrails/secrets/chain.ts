// The places where this app looks for its secrets, the first one first. Each is loaded only when it is asked.
import type { SourceModule } from './sources.ts';

/** Source name to its module. */
export const chain: Readonly<Record<string, () => Promise<SourceModule>>> = {
  env: () => import('./env.ts'),
  file: () => import('./file.ts'),
};
