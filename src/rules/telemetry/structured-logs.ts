import { httpAppsOf, placeOfApp, serverFilesOf } from '../../frameworks/http-apps.ts';
import { appsOf, type App } from '../../repository/apps.ts';
import { kindOf } from '../../repository/kinds.ts';
import type { Repository } from '../../repository/repository.ts';
import { proofOf } from '../offending-line.ts';
import { defineRule, type RuleFinding } from '../rule.ts';
import { loggerIn, logCallsIn, mayLog, type LogCall, type LoggerUse } from './loggers.ts';
import type { Module } from '../../code/module.ts';

export default defineRule({
  id: 'telemetry/structured-logs',
  title: 'What happens is written as one JSON record per event, without passwords and tokens.',
  why: 'Whoever is called at night has only the log. Lines for the eye cannot be searched or counted, and a password in a log is a password that everybody with access to logs knows.',
  weight: 'medium',
  stage: 'production',
  measured: true,
  finds:
    'Loggers that write records (pino, winston, bunyan, those of Fastify and Nest, and others) and whether the server uses them; console calls in server code beside them; whole requests, bodies, headers or the environment in a log; request loggers that write headers and have no redaction.',
  blind: 'What is written by packages, and values whose names do not tell that they are secret.',
  fix: 'Make one logger in a file of its own (pino with `redact`), and use it instead of console.',
  references: [
    'ASVS v5.0.0-16.2.1',
    'ASVS v5.0.0-16.2.5',
    'Twelve-Factor XI',
    'CWE-532',
    'CWE-778',
    'OWASP Top 10:2025 A09',
  ],
  check(repository) {
    const platforms = new Map(httpAppsOf(repository).map(({ app, platform }) => [app.root, platform]));
    const apps = appsOf(repository).filter(
      (app) => platforms.has(app.root) || /^(?:worker|bot)$/.test(kindOf(repository, app).kind),
    );
    if (apps.length === 0) return [{ verdict: 'not-applicable', message: 'Nothing here runs for long on a server.' }];
    return apps.flatMap((app) => appFindings(repository, app, platforms.get(app.root)));
  },
});

interface Read {
  readonly module: Module;
  readonly calls: readonly LogCall[];
  readonly logger: LoggerUse | undefined;
}

function appFindings(repository: Repository, app: App, platform: string | undefined): RuleFinding[] {
  const files = serverFilesOf(repository, app);
  const read = files.flatMap(({ path }): Read[] => {
    const module = mayLog(repository, path) ? repository.module(path) : undefined;
    return module ? [{ module, calls: logCallsIn(module), logger: loggerIn(module) }] : [];
  });
  const logger = read.flatMap((file) => file.logger ?? [])[0];
  const told = read.flatMap(({ module, calls }) => calls.flatMap((call) => tooMuch(module, call)));
  if (!logger && platform !== undefined)
    return told.length > 0
      ? told
      : [{ verdict: 'elsewhere', message: 'The platform keeps what is printed.', by: platform }];
  if (!logger) return [...told, absent(app, read, files.length)];
  const rest = [...told, ...unredacted(repository, app, read), ...read.flatMap(besideTheLogger)];
  return rest.length > 0
    ? rest
    : [{ verdict: 'pass', message: `Events are written as records by ${logger.name}.`, where: logger.where }];
}

function absent(app: App, read: readonly Read[], files: number): RuleFinding {
  const prints = read.flatMap(({ calls }) => calls.filter(({ isConsole }) => isConsole)).length;
  return {
    verdict: 'fail',
    message:
      prints > 0
        ? `Whoever is called at night has ${prints === 1 ? 'one console line' : `${prints} console lines`} for the eye, and nothing that can be searched.`
        : 'It writes no log: whoever is called at night has nothing to look at.',
    where: placeOfApp(app),
    key: 'no logger',
    confidence: 'certain',
    searched: [
      'pino, winston, bunyan and other loggers',
      'loggers of Fastify and Nest',
      `${files} files of server code`,
    ],
    remedy: 'Make one logger in a file of its own (pino with `redact`), and use it instead of console.',
  };
}

/** One finding per file: how often is a number that may only go down. */
function besideTheLogger({ module, calls, logger }: Read): RuleFinding[] {
  const prints = calls.filter(({ isConsole }) => isConsole);
  const [first] = prints;
  if (!first || logger !== undefined) return [];
  return [
    {
      verdict: 'fail',
      message: `${prints.length === 1 ? 'One line goes' : `${prints.length} lines go`} past the logger: nobody who searches the log finds them.`,
      ...proofOf(module, first.node),
      key: 'console',
      weight: 'low',
      confidence: 'likely',
      remedy: 'Use the logger instead of console.',
    },
  ];
}

function tooMuch(module: Module, { node, tells }: LogCall): RuleFinding[] {
  if (tells === undefined) return [];
  return [
    {
      verdict: 'fail',
      message:
        tells === 'process.env'
          ? 'Every secret of the program is written to the log.'
          : `Whatever callers send is written to the log, passwords and tokens included: ${tells}.`,
      ...proofOf(module, node),
      confidence: 'likely',
      remedy: 'Log the fields that you need, by name.',
    },
  ];
}

function unredacted(repository: Repository, app: App, read: readonly Read[]): RuleFinding[] {
  const risky = read.flatMap(({ logger }) => (logger?.logsHeaders ? [logger] : []))[0];
  const redacts = /\bredact|\bcensor|\bmask|sanitiz|serializers|withoutSecrets|autoLogging\s*:\s*false/i;
  if (
    !risky ||
    read.some(({ module, logger }) => (logger !== undefined || /log/i.test(module.path)) && redacts.test(module.text))
  )
    return [];
  return [
    {
      verdict: 'fail',
      message: `${risky.name} writes the headers of every request, and so the sign-in tokens of its users.`,
      where: risky.where,
      key: 'no redaction',
      confidence: 'likely',
      searched: serverFilesOf(repository, app)
        .map(({ path }) => path)
        .slice(0, 20),
      remedy: "Tell it what to leave out: `redact: ['req.headers.authorization', 'req.headers.cookie']`.",
    },
  ];
}
