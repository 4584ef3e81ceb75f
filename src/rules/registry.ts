// Generated from the folder names by `npm run registries`.
import agentContextClean from './agent/context-clean.ts';
import agentGuardFilesProtected from './agent/guard-files-protected.ts';
import agentNoSuppressionDrift from './agent/no-suppression-drift.ts';
import archAppFactory from './arch/app-factory.ts';
import archBoundedWork from './arch/bounded-work.ts';
import archLayerBoundaries from './arch/layer-boundaries.ts';
import archStateless from './arch/stateless.ts';
import authBruteForce from './auth/brute-force.ts';
import authDataLayerPolicies from './auth/data-layer-policies.ts';
import authDefaultDeny from './auth/default-deny.ts';
import authNoFailOpen from './auth/no-fail-open.ts';
import authObjectLevel from './auth/object-level.ts';
import authRealtimeGuarded from './auth/realtime-guarded.ts';
import authRegressionTest from './auth/regression-test.ts';
import authServerSideOnly from './auth/server-side-only.ts';
import authTokensAndCookies from './auth/tokens-and-cookies.ts';
import ciBranchRules from './ci/branch-rules.ts';
import ciDeployGated from './ci/deploy-gated.ts';
import ciGateOnPr from './ci/gate-on-pr.ts';
import ciNoDangerousTriggers from './ci/no-dangerous-triggers.ts';
import ciWorkflowHardened from './ci/workflow-hardened.ts';
import depsLockfileFrozen from './deps/lockfile-frozen.ts';
import depsNoDeadWeight from './deps/no-dead-weight.ts';
import depsUpdateBot from './deps/update-bot.ts';
import operabilityContainerHardened from './operability/container-hardened.ts';
import operabilityHealthAndShutdown from './operability/health-and-shutdown.ts';
import operabilityRuntimePinned from './operability/runtime-pinned.ts';
import ownershipLifecycleExpiry from './ownership/lifecycle-expiry.ts';
import ownershipOwnerDeclared from './ownership/owner-declared.ts';
import ownershipWaiversComplete from './ownership/waivers-complete.ts';
import secretsConfigBoundary from './secrets/config-boundary.ts';
import secretsEnvNotTracked from './secrets/env-not-tracked.ts';
import secretsNoHardcoded from './secrets/no-hardcoded.ts';
import secretsNotInClientBundle from './secrets/not-in-client-bundle.ts';
import securityCorsAllowlist from './security/cors-allowlist.ts';
import securityDangerousCalls from './security/dangerous-calls.ts';
import securityHttpHardening from './security/http-hardening.ts';
import securityInputValidated from './security/input-validated.ts';
import securityPaidEndpointBudget from './security/paid-endpoint-budget.ts';
import securityWebhookSignature from './security/webhook-signature.ts';
import telemetryAlertToHuman from './telemetry/alert-to-human.ts';
import telemetryOtelWired from './telemetry/otel-wired.ts';
import telemetryStructuredLogs from './telemetry/structured-logs.ts';
import testsExistAndAssert from './tests/exist-and-assert.ts';
import testsNoWeakening from './tests/no-weakening.ts';
import type { Rule } from './rule.ts';

/** Every rule, by id. */
export const rules: readonly Rule[] = [
  agentContextClean,
  agentGuardFilesProtected,
  agentNoSuppressionDrift,
  archAppFactory,
  archBoundedWork,
  archLayerBoundaries,
  archStateless,
  authBruteForce,
  authDataLayerPolicies,
  authDefaultDeny,
  authNoFailOpen,
  authObjectLevel,
  authRealtimeGuarded,
  authRegressionTest,
  authServerSideOnly,
  authTokensAndCookies,
  ciBranchRules,
  ciDeployGated,
  ciGateOnPr,
  ciNoDangerousTriggers,
  ciWorkflowHardened,
  depsLockfileFrozen,
  depsNoDeadWeight,
  depsUpdateBot,
  operabilityContainerHardened,
  operabilityHealthAndShutdown,
  operabilityRuntimePinned,
  ownershipLifecycleExpiry,
  ownershipOwnerDeclared,
  ownershipWaiversComplete,
  secretsConfigBoundary,
  secretsEnvNotTracked,
  secretsNoHardcoded,
  secretsNotInClientBundle,
  securityCorsAllowlist,
  securityDangerousCalls,
  securityHttpHardening,
  securityInputValidated,
  securityPaidEndpointBudget,
  securityWebhookSignature,
  telemetryAlertToHuman,
  telemetryOtelWired,
  telemetryStructuredLogs,
  testsExistAndAssert,
  testsNoWeakening,
];
