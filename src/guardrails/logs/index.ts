import { type Evidence, findingFrom } from '../../flow/finding.ts';
import { defineGuardrail } from '../guardrail.ts';
import { serviceName } from '../telemetry/settings.ts';

const evidence: readonly Evidence[] = [
  {
    path: 'src/guardrails/log.ts',
    holds: /formatters: \{[^}]*withoutSecrets/,
    otherwise: 'Passwords and tokens can end up in the log.',
  },
  {
    path: 'src/guardrails/log-redaction.ts',
    holds: /authorization\|cookie\|passw[^\n]*token/,
    otherwise: 'Passwords and tokens can end up in the log.',
  },
  {
    path: 'src/guardrails/fatal.ts',
    holds: /'uncaughtException'[\s\S]*'unhandledRejection'/,
    otherwise: 'The app goes on, half broken, after an error that nobody has foreseen.',
  },
  {
    path: 'src/guardrails/request-log.ts',
    holds: /import '\.\/fatal\.ts'/,
    otherwise: 'The app goes on, half broken, after an error that nobody has foreseen.',
  },
  {
    path: 'src/guardrails/index.ts',
    holds: /install\(app, \[[^\]]*\brequestLog\b/,
    otherwise: 'Requests are not logged: the layer `requestLog` is not switched on.',
    remedy: 'put `requestLog` right after `requestTrace` into the list of layers',
  },
];

export default defineGuardrail({
  id: 'logs',
  title: 'What happens is logged as JSON lines with request and trace id, and never a secret.',
  why: 'Whoever is called at night can see who asked for what and how it ended, and a leaked log gives nobody a key.',
  rules: ['telemetry/structured-logs'],

  inspect: (project) => [
    findingFrom('telemetry/structured-logs', 'requests and security events are logged', project.read, evidence),
  ],

  apply(project) {
    project.stage('logs', ['all', project.answers.framework]);
    project.addDependency('@opentelemetry/api');
    project.addDependency('pino');
    project.addSetting(serviceName(project.values));
    project.addSetting({
      name: 'LOG_LEVEL',
      kind: 'setting',
      code: "z.enum(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent']).default('info')",
      about: 'how much is logged',
    });
    project.wire({ kind: 'layer', name: 'requestLog', from: './request-log.ts', rank: 20 });
  },
});
