import { findingFrom, type Finding, type RuleId } from '../../flow/finding.ts';
import type { Project } from '../../flow/project.ts';
import { chainPath, sourcesIn } from './chain.ts';
import { findKey } from './provider-patterns.ts';

const configPath = 'src/guardrails/config.ts';
const settingsPath = 'src/guardrails/settings.ts';
const secretLike = /(?:SECRET|PASSWORD|TOKEN|CREDENTIALS?|_KEY): setting\(.*\.default\(/;

/** No key of a well-known service in any file, and the project's own test looks for more than these. */
export function inspectHardcoded({ tree, read }: Project): Finding {
  const rule = 'secrets/no-hardcoded';
  for (const path of tree
    .paths()
    .filter((candidate) => !/(?:^|\/)(?:package-lock\.json|[\w-]+\.lock)$/.test(candidate))) {
    const key = findKey(read(path) ?? '');
    if (key) return leaked(rule, `${path}:${key.line}`, `a key of ${key.service} stands in the code (${key.masked})`);
  }
  return findingFrom(rule, 'no key stands in the code, and a test keeps it so', read, [
    {
      path: 'test/guardrails/no-secrets-in-tree.test.ts',
      holds: /secretlint/,
      otherwise: 'Nothing would notice a password or key that is written into the code.',
    },
  ]);
}

function leaked(rule: RuleId, where: string, message: string): Finding {
  const remedy =
    'make a new key at that service, take the old one out of the code, and keep the new one as a secret setting';
  return { rule, verdict: 'fail', message, where, remedy };
}

/** Files with values stay out of git and out of images. */
export function inspectTracked({ tree, read }: Project): Finding {
  const rule = 'secrets/env-not-tracked';
  const open = tree.paths().find((path) => /(?:^|\/)\.env(?:\.(?!example$|encrypted$|vault$)[^/]*)?$/.test(path));
  if (open) return leaked(rule, open, `${open} with its values is part of the project`);
  return findingFrom(rule, 'files with secret values are ignored by git and left out of images', read, [
    {
      path: '.gitignore',
      holds: /^\.env\n(?:.*\n)*?\.env\.\*$/m,
      otherwise: 'Git would take in the file with the secrets.',
    },
    {
      path: '.dockerignore',
      holds: /^\.env\n(?:.*\n)*?\.env\.\*$/m,
      otherwise: 'Images would contain the file with the secrets.',
    },
    { path: '.env.example', otherwise: 'Nobody can see which settings the app needs.' },
  ]);
}

/** One file reads the environment, checks it at start, and no secret has a built-in value. */
export function inspectBoundary({ tree, read }: Project): Finding {
  const rule = 'secrets/config-boundary';
  const sources = tree.paths().filter((path) => /^src\/.*\.[cm]?[jt]sx?$/.test(path) && path !== configPath);
  const reader = sources.find((path) =>
    /^(?!\s*(?:\/\/|\*)).*\bprocess\s*(?:\.|\?\.|\[['"])\s*env\b/m.test(read(path) ?? ''),
  );
  if (reader)
    return boundary(reader, 'The environment is read here, past the check that all settings are there and right.');
  const builtIn = /^ {2}\w+: secret\(.*\.(?:default|catch|prefault|optional)\(/m.test(read(settingsPath) ?? '');
  if (builtIn || secretLike.test(read(settingsPath) ?? ''))
    return boundary(settingsPath, 'A secret has a value that everybody can read in the code.');
  return findingFrom(rule, 'settings are read and checked in one place, and no secret has a built-in value', read, [
    {
      path: configPath,
      holds: /loadConfig\(settings, process\.env, chain\)/,
      otherwise: 'Settings are not checked when the app starts.',
    },
    { path: settingsPath, holds: /^export const settings = \{$/m, otherwise: 'There is no list of the settings.' },
    {
      path: 'test/guardrails/environment.test.ts',
      otherwise: 'Nothing would notice code that reads the environment by itself.',
    },
    { path: 'test/guardrails/config.test.ts', otherwise: 'Nothing shows that the app stops when a secret is missing.' },
  ]);
}

function boundary(where: string, message: string): Finding {
  const remedy = `declare it in ${settingsPath}, and use config.NAME`;
  return { rule: 'secrets/config-boundary', verdict: 'fail', message, where, remedy };
}

/** Secrets come from named sources, each of which is there and tested. */
export function inspectManager({ read }: Project): Finding {
  const sources = sourcesIn(read(chainPath) ?? '');
  if (sources.length === 0)
    return findingFrom('secrets/manager-wired', '', read, [
      {
        path: chainPath,
        holds: /import\(/,
        otherwise: 'It is nowhere said where the secrets of production come from.',
      },
    ]);
  const evidence = sources.flatMap((source) => [
    { path: `src/guardrails/secrets/${source}.ts`, otherwise: `The source ${source} is named, but it is not there.` },
    { path: `test/guardrails/secret-sources/${source}.ts`, otherwise: `The source ${source} has no test.` },
  ]);
  return findingFrom('secrets/manager-wired', `secrets come from: ${sources.join(', ')}`, read, evidence);
}
