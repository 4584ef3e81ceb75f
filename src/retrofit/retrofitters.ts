import agents from '../guardrails/agents/retrofit.ts';
import auth from '../guardrails/auth/retrofit.ts';
import ci from '../guardrails/ci/retrofit.ts';
import dependencies from '../guardrails/dependencies/retrofit.ts';
import logs from '../guardrails/logs/retrofit.ts';
import operability from '../guardrails/operability/retrofit.ts';
import ownership from '../guardrails/ownership/retrofit.ts';
import secrets from '../guardrails/secrets/retrofit.ts';
import security from '../guardrails/security/retrofit.ts';
import telemetry from '../guardrails/telemetry/retrofit.ts';
import tests from '../guardrails/tests/retrofit.ts';
import type { GuardrailId } from '../guardrails/ids.ts';
import type { Retrofitter } from './retrofitter.ts';

/** How each guardrail comes into a project that exists. */
export const retrofitters: Readonly<Record<GuardrailId, Retrofitter>> = {
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
};
