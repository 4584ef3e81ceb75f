// Tries the environment as a source of secrets.
import { open } from '../../../src/guardrails/secrets/env.ts';
import type { Harness } from './harness.ts';

export const harness: Harness = { keeping: async (values) => open(values) };
