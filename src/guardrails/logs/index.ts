import { type Finding, findingFrom } from '../../flow/finding.ts';
import type { Project } from '../../flow/project.ts';
import { addSetupFile } from '../../tree/setup-files.ts';
import { defineGuardrail } from '../guardrail.ts';
import { codeOf } from '../telemetry/code-of.ts';
import { serviceName } from '../telemetry/settings.ts';
import { evidence } from './evidence.ts';
import { logInsteadOfConsole, usesConsole } from './console.ts';

const rule = 'telemetry/structured-logs';
const promise = 'requests and security events are logged, secrets are not';

export default defineGuardrail({
  id: 'logs',
  title: 'What happens is logged as JSON lines with request and trace id, and never a secret.',
  why: 'Whoever is called at night can see who asked for what and how it ended, and a leaked log gives nobody a key.',
  rules: [rule],

  inspect: (project) => [consoleFinding(project) ?? findingFrom(rule, promise, codeOf(project), evidence)],

  apply(project) {
    project.stage('logs', ['all', project.answers.framework]);
    project.addDependency('@opentelemetry/api');
    project.addDependency('pino');
    project.addSetting(serviceName(project.values));
    project.addSetting({
      name: 'LOG_LEVEL',
      kind: 'setting',
      code: "z.enum(['debug', 'info', 'warn', 'error', 'silent']).default('info')",
      about: 'how much is logged',
    });
    for (const path of sourceFiles(project)) project.edit(path, logInsteadOfConsole(path));
    project.edit('src/main.ts', importFatalFirst);
    project.edit('vitest.config.ts', addSetupFile('test/quiet-log.ts'));
    project.wire({ kind: 'layer', name: 'requestLog', from: './request-log.ts', rank: 20 });
  },
});

/** In the entry alone: tests of the app have handlers of their own. */
function importFatalFirst(text: string): string | false {
  const line = "import './guardrails/fatal.ts';\n";
  return text.includes(line) ? false : text.replace(/^import /m, `${line}import `);
}

/** A fail where code of the app writes to the console. */
function consoleFinding(project: Project): Finding | undefined {
  const where = sourceFiles(project).find((path) => usesConsole(project.read(path) ?? ''));
  if (where === undefined) return undefined;
  const message = 'The app writes lines that no log tool understands, and secrets in them are not taken out.';
  return { rule, verdict: 'fail', message, where, remedy: 'use `log` of src/guardrails/log.ts instead of `console`' };
}

function sourceFiles({ tree }: Project): string[] {
  return tree.paths().filter((path) => /^src\/.*\.[cm]?[jt]s$/.test(path));
}
