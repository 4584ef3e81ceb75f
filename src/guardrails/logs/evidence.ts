import type { Evidence } from '../../flow/finding.ts';

/** What must stand in a project for its log to be of use and harmless. The project's own tests prove that it works. */
export const evidence: readonly Evidence[] = [
  {
    path: 'src/guardrails/log.ts',
    holds: /\blog: withoutSecrets\b/,
    otherwise: 'Passwords and tokens can end up in the log.',
  },
  {
    path: 'src/guardrails/log-redaction.ts',
    holds: /authorization\|cookie\|passw[^\n]*token/,
    otherwise: 'Passwords and tokens can end up in the log.',
  },
  {
    path: 'src/guardrails/log.ts',
    holds: /\bstreamWrite: redact\b/,
    otherwise: 'Keys that this app knows can end up in the log.',
  },
  {
    path: 'src/guardrails/log.ts',
    holds: /trace_id/,
    otherwise: 'The log does not lead to the trace of a request.',
  },
  {
    path: 'src/guardrails/fatal.ts',
    holds: /process\.once\('uncaughtException'[\s\S]*process\.once\('unhandledRejection'/,
    otherwise: 'The app goes on, half broken, after an error that nobody has foreseen.',
  },
  {
    path: 'src/main.ts',
    holds: /^import '\.\/guardrails\/fatal\.ts';$/m,
    otherwise: 'The app goes on, half broken, after an error that nobody has foreseen.',
    remedy: "make the first line of src/main.ts: import './guardrails/fatal.ts';",
  },
  {
    path: 'src/guardrails/index.ts',
    holds: /install\(app, \[[^\]]*\brequestLog\b/,
    otherwise: 'Requests are not logged: the layer `requestLog` is not switched on.',
    remedy: 'put `requestLog` right after `requestTrace` into the list of layers',
  },
  ...['log', 'request-log', 'fatal'].map((name) => ({
    path: `test/guardrails/logs/${name}.test.ts`,
    holds: /\btest(?:\.\w+)*\(/,
    otherwise: 'Nothing would notice a log that is silent, or that gives secrets away.',
  })),
];
