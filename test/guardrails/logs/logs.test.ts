import { expect, test } from 'vitest';
import { choices } from '../../../src/answers/answers.ts';
import { planCreate } from '../../../src/flow/create.ts';
import { logInsteadOfConsole, usesConsole } from '../../../src/guardrails/logs/console.ts';
import logs from '../../../src/guardrails/logs/index.ts';
import { answersWith, inputs } from '../../support/answers.ts';
import { brokenAfter } from '../../support/taken-out.ts';

test.each(choices.framework)('a %s project says all that it says through its log', (framework) => {
  const { files } = planCreate(answersWith({ framework }), inputs);
  const sources = [...files].filter(([path]) => path.startsWith('src/'));
  expect(sources.filter(([, text]) => usesConsole(text)).map(([path]) => path)).toEqual([]);
  expect(files.get('src/main.ts')).toContain("import { log } from './guardrails/log.ts';");
});

test('console calls become log calls, and the import fits the folder', () => {
  const text = "import { a } from './a.ts';\n\nconsole.log(a);\nconsole.error('no');\n";
  expect(logInsteadOfConsole('src/services/deep/b.ts')(text)).toBe(
    "import { log } from '../../guardrails/log.ts';\nimport { a } from './a.ts';\n\nlog.info(a);\nlog.error('no');\n",
  );
  expect(logInsteadOfConsole('src/b.ts')('// console.log is not used here\n')).toBe(false);
});

const taken: readonly [what: string, path: string, edit: (text: string) => string | undefined][] = [
  ['the layer', 'src/guardrails/index.ts', without('requestLog, ')],
  ['redaction by name', 'src/guardrails/log.ts', without(', log: withoutSecrets')],
  ['redaction by value', 'src/guardrails/log.ts', without('streamWrite: redact')],
  ['the names of secrets', 'src/guardrails/log-redaction.ts', without('authorization|')],
  ['the trace id', 'src/guardrails/log.ts', without('trace_id: ')],
  ['the handler of last resort', 'src/main.ts', without("import './guardrails/fatal.ts';")],
  ['the end after a surprise', 'src/guardrails/fatal.ts', without("process.once('unhandledRejection'")],
  ['the log, around which somebody has gone', 'src/app.ts', (text) => `${text}\nconsole.log('here');\n`],
  ['its test', 'test/guardrails/logs/log.test.ts', () => undefined],
];

test.each(taken)('without %s it fails', (_what, path, edit) => {
  expect(brokenAfter(logs, path, edit)).toEqual(['telemetry/structured-logs']);
});

function without(part: string): (text: string) => string {
  return (text) => text.replace(part, '');
}
