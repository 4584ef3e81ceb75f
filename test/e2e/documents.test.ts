import { mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createLine, flagsFor } from '../../src/answers/replay.ts';
import { daysLater } from '../../src/answers/values.ts';
import { planCreate } from '../../src/flow/create.ts';
import { answersWith, inputs } from '../support/answers.ts';
import { registryOfOurs, type Registry } from '../support/registry.ts';
import { blockBelow, commandsIn, documentsOf, type Command } from './commands-in.ts';
import { asTyped, recipeFor } from './how-to-run.ts';
import { environment, freePort, npm } from './packed.ts';
import { Shell, type Ended } from './shell.ts';
import { startStore } from './store.ts';

/*
 * Every command that `create` prints or that a generated document names, typed as it stands: those of the output where the
 * project was made, those of the documents in a fresh clone. `npm run test:matrix` takes both projects and everything;
 * an ordinary test run takes one, and leaves out what takes long and is run by other tests as well.
 */
const full = process.env['SHIPSHAPE_MATRIX'] === 'full';
const clock = new Date();
const settled = { name: 'my-app', directory: 'my-app', owner: 'ana@example.com', expires: daysLater(clock, 60) };
const all = [
  answersWith({ ...settled, install: full }),
  answersWith({ ...settled, framework: 'fastify', auth: 'oidc', secrets: ['env', 'file', 'vault'] }),
];

/** What an npm does that leaves the project half done. */
const standstills = [
  { what: 'nothing could be installed', npmDoes: 'exit 1' },
  {
    what: 'it was stopped while it was checked',
    npmDoes: '[ "$1" = install ] && exec "$real" "$@"; kill -INT $PPID; sleep 9',
  },
];

let registry: Registry;
const room = realpathSync(mkdtempSync(join(tmpdir(), 'shipshape-documents-')));

beforeAll(async () => {
  registry = await registryOfOurs(room, environment(), npm(room, 'config', 'get', 'registry').trim());
});
afterAll(() => {
  registry.close();
  rmSync(room, { recursive: true, force: true });
});

describe.each(full ? all : all.slice(0, 1))('$framework with $auth', (answers) => {
  const { files } = planCreate(answers, { ...inputs, clock });
  const place = mkdtempSync(join(room, `${answers.framework}-`));
  const shell = new Shell(place, place);
  let printed: string[] = [];
  afterAll(() => shell.stop());

  describe('what create prints', () => {
    test('create makes the project', { timeout: 600_000 }, async () => {
      const made = await typeWithOurs(shell, createLine('npm', inputs.version, ['my-app', ...flagsFor(answers)]));
      expect(made.code, made.output).toBe(0);
      printed = made.output.split('\n');
    });

    test('the next commands', { timeout: 600_000 }, async () => {
      const next = printed.slice(printed.indexOf('Next') + 1).filter(Boolean);
      expect(next).toHaveLength(3);
      for (const text of next.filter((line) => full || !line.endsWith('run check')))
        await expectToRun(shell, { document: 'create', line: 0, text: text.trim() });
      await shell.stop();
    });

    test.runIf(full)('the line that makes the same', { timeout: 600_000 }, async () => {
      const again = mkdtempSync(join(room, 'again-'));
      const line = printed[printed.indexOf('The same without questions') + 1]?.trim() ?? '';
      const made = await typeWithOurs(new Shell(again, again), line);
      expect(made.code, made.output).toBe(0);
      for (const [path, text] of files) expect(readFileSync(join(again, 'my-app', path), 'utf8'), path).toBe(text);
    });

    test.runIf(full).each(standstills)(
      'the line to go on with, when $what',
      { timeout: 600_000 },
      async ({ npmDoes }) => {
        const elsewhere = mkdtempSync(join(room, 'standstill-'));
        const there = new Shell(elsewhere, elsewhere);
        writeFileSync(join(elsewhere, 'npm'), `#!/bin/sh\n${npmDoes}\n`, { mode: 0o755 });
        const words = ['my-app', ...flagsFor({ ...answers, install: true })];
        const line = createLine('npm', inputs.version, words).replace(
          'npm',
          `real=$(command -v npm) PATH='${elsewhere}':$PATH $(command -v npm)`,
        );
        const stopped = await typeWithOurs(there, line);
        const [, goOn = ''] = / next .*?(cd my-app && .*)/.exec(stopped.output) ?? [];
        expect(goOn, stopped.output).not.toBe('');
        expect(await there.type(goOn)).toMatchObject({ code: 0 });
      },
    );
  });

  describe('what the documents name', () => {
    const clone = join(place, 'clone');

    test('a fresh clone installs', { timeout: 300_000 }, async () => {
      shell.folder = place;
      const lock = `cd my-app && git add --all && git commit --quiet --allow-empty --message 'Lock the packages' && cd ..`;
      const cloned = await shell.type(`${lock} && git clone --quiet my-app clone && cd clone && npm ci`);
      expect(cloned.code, cloned.output).toBe(0);
      expect(shell.folder).toBe(clone);
    });

    const seen = new Set(['npm ci']);
    for (const document of documentsOf(files)) {
      const text = files.get(document) ?? '';
      const commands = commandsIn(document, text).filter((command) => isNew(command, seen));
      if (commands.length > 0) describe(document, () => follow(document, text, commands));
    }

    function follow(document: string, text: string, commands: readonly Command[]): void {
      beforeAll(async () => {
        if (document === 'docs/secrets.md') declareSecret(clone, text);
        if (document === 'docs/secrets/vault.md') Object.assign(shell.settings, await startStore());
        if (document === 'docs/runbook.md')
          await shell.type(`git add --all && git commit --quiet --message 'A change'`);
      });
      afterAll(() => shell.stop());

      for (const command of commands) {
        const { skip, slow = false } = recipeFor(command);
        const title = `line ${command.line}: ${command.text}`;
        if (skip === undefined && (full || !slow))
          test(title, { timeout: 300_000 }, () => expectToRun(shell, command, files.get('docs/sign-in.md')));
        else test.skip(`${title} (${skip ?? 'takes long'})`);
      }
    }

    test.runIf(full)('the project is still green', { timeout: 300_000 }, () =>
      expectToRun(shell, { document: 'the end', line: 0, text: 'npm run check' }),
    );
  });
});

/** A command is typed once, except for what signing in needs again, and what follows each change. */
function isNew({ document, text }: Command, seen: Set<string>): boolean {
  const isAgain = document === 'docs/sign-in.md' || /^npm run (?:check|guard:update)$/.test(text);
  const isKnown = seen.has(text);
  seen.add(text);
  return isAgain || !isKnown;
}

async function expectToRun(shell: Shell, command: Command, signIn = ''): Promise<void> {
  let ended = await run(shell, command);
  if (command.document === 'README.md' && ended.code !== 0 && / is missing/.test(ended.output)) {
    // README.md, "Start it": a fresh clone has no secret; the first step of signing in brings it.
    for (const { text } of commandsIn('', `\`\`\`sh\n${blockBelow('## 1', signIn)}\`\`\``)) {
      const prepared = await run(shell, { ...command, text });
      expect(prepared.code, `docs/sign-in.md, step 1: ${text}\n${prepared.output}`).toBe(0);
    }
    ended = await run(shell, command);
  }
  expect(ended.code, `${command.document}:${command.line}: ${command.text}\n${ended.output}`).toBe(0);
}

async function run(shell: Shell, command: Command): Promise<Ended> {
  const { staysOn, answer, settings } = recipeFor(command);
  const typed = asTyped(command);
  if (staysOn) return stayOn(shell, typed, settings);
  if (typed.includes('shipshape@')) return typeWithOurs(shell, typed);
  // docs/sign-in.md: "It is this one, unless something else has taken the port".
  const ended = await shell.type(typed.replaceAll('http://localhost:3000', appAddress), answer);
  if (/^cp .*\.env$/.test(typed)) await moveIssuer(shell.folder);
  return ended;
}

let appAddress = '';

async function stayOn(shell: Shell, command: string, settings: Readonly<Record<string, string>> = {}): Promise<Ended> {
  if (shell.isRunning(command)) return { code: 0, output: '' };
  if (command.endsWith('dev:issuer')) {
    const issuer = await moveIssuer(shell.folder);
    return shell.keepRunning(command, command, () => isUp(`${issuer}/.well-known/openid-configuration`));
  }
  for (const other of ['npm run dev', 'npm run start']) await shell.stop(other);
  const port = String(await freePort());
  appAddress = `http://localhost:${port}`;
  const set = Object.entries({ PORT: port, ...settings }).map(([name, value]) => `${name}=${value}`);
  return shell.keepRunning(command, `env ${set.join(' ')} ${command}`, () => isUp(`${appAddress}/livez`));
}

async function isUp(url: string): Promise<boolean> {
  return (await fetch(url).catch(() => undefined))?.ok === true;
}

/** The sign-in service for this machine goes to a free port, because other tests start one too. Gives its address. */
async function moveIssuer(folder: string): Promise<string> {
  const path = join(folder, '.env');
  const text = readFileSync(path, 'utf8');
  const known = /^OIDC_ISSUER=(.*)$/m.exec(text)?.[1];
  if (known !== undefined && !known.endsWith(':4100')) return known;
  const moved = `http://127.0.0.1:${await freePort()}`;
  writeFileSync(path, `${text.replace(/^OIDC_ISSUER=.*$/m, '')}\nOIDC_ISSUER=${moved}\n`);
  return moved;
}

/** Types a line that starts our package, with a registry that has it. */
function typeWithOurs(shell: Shell, line: string): Promise<Ended> {
  const settings = {
    npm_config_registry: registry.url,
    npm_config_cache: join(room, 'cache'),
  };
  const set = Object.entries(settings).map(([name, value]) => `${name}='${value}'`);
  return shell.type(`export ${set.join(' ')}\n${line}`);
}

/** Steps 1 and 2 of "A new secret": the lines that the document says, in the files that it names. */
function declareSecret(clone: string, text: string): void {
  const line = /^1\. .*: `(MAIL_KEY: .*)`$/m.exec(text)?.[1] ?? '';
  expect(line).toContain('secret(');
  const settings = join(clone, 'src/guardrails/settings.ts');
  const opening = 'export const settings = {\n';
  writeFileSync(settings, readFileSync(settings, 'utf8').replace(opening, `${opening}  ${line}\n`));
  const example = join(clone, '.env.example');
  writeFileSync(example, `${readFileSync(example, 'utf8')}\nMAIL_KEY=\n`);
}
