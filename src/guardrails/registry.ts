// Generated from the folder names by `npm run registries`.
import agents from './agents/index.ts';
import auth from './auth/index.ts';
import ci from './ci/index.ts';
import dependencies from './dependencies/index.ts';
import logs from './logs/index.ts';
import operability from './operability/index.ts';
import ownership from './ownership/index.ts';
import secrets from './secrets/index.ts';
import security from './security/index.ts';
import telemetry from './telemetry/index.ts';
import tests from './tests/index.ts';
import type { Guardrail } from './guardrail.ts';

/** Every guardrail, by id. */
export const guardrails: readonly Guardrail[] = [
  agents,
  auth,
  ci,
  dependencies,
  logs,
  operability,
  ownership,
  secrets,
  security,
  telemetry,
  tests,
];
