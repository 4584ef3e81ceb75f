import type { SecretSource } from '../../answers/answers.ts';
import type { Project } from '../../flow/project.ts';
import { addSetupFile } from '../../tree/setup-files.ts';
import { defineGuardrail } from '../guardrail.ts';
import { chainOf, chainPath, renderChain } from './chain.ts';
import { readFromConfig } from './environment-reads.ts';
import { addGuides } from './guides.ts';
import { inspectBoundary, inspectHardcoded, inspectManager, inspectTracked } from './inspect.ts';

/** The packages that a source needs at run time; most need none. */
const packages: Partial<Record<SecretSource, string>> = { aws: '@aws-sdk/client-secrets-manager' };
/** Files of a source that belong into git and into images, although their names begin with `.env`. */
const encryptedFiles: Partial<Record<SecretSource, string>> = { file: '.env.encrypted', 'dotenv-vault': '.env.vault' };

export default defineGuardrail({
  id: 'secrets',
  title: 'No password or key stands in the code, and the app does not start while one is missing.',
  why: 'A key that was ever pushed is public, and a built-in password signs everybody in.',
  rules: ['secrets/no-hardcoded', 'secrets/env-not-tracked', 'secrets/config-boundary', 'secrets/manager-wired'],

  inspect: (project) => [
    inspectHardcoded(project),
    inspectTracked(project),
    inspectBoundary(project),
    inspectManager(project),
  ],

  apply(project) {
    const sources = chainOf(project.answers.secrets);
    project.stage('secrets', ['all', ...sources]);
    project.tree.write(chainPath, renderChain(sources));
    project.edit('docs/secrets.md', addGuides(sources));
    addPackages(project, sources);
    addCommands(project, sources);
    keepOut(project, sources);
    readSettings(project);
    project.edit('vitest.config.ts', addSetupFile('test/setup-env.ts'));
  },
});

function addPackages(project: Project, sources: readonly SecretSource[]): void {
  project.addDependency('zod');
  project.addDevDependency('@secretlint/core');
  project.addDevDependency('@secretlint/secretlint-rule-preset-recommend');
  for (const source of sources) if (packages[source]) project.addDependency(packages[source]);
  if (sources.includes('dotenv-vault')) project.addDevDependency('dotenv-vault');
}

function addCommands(project: Project, sources: readonly SecretSource[]): void {
  for (const command of ['set', 'list', 'doctor'])
    project.addScript(`secrets:${command}`, `node scripts/secrets/${command}.ts`);
  if (!sources.includes('dotenv-vault')) return;
  for (const command of ['push', 'pull'])
    project.addScript(`secrets:${command}`, `node scripts/secrets/vault-cli.ts ${command}`);
}

function keepOut(project: Project, sources: readonly SecretSource[]): void {
  const encrypted = sources.flatMap((source) => encryptedFiles[source] ?? []);
  for (const file of ['.gitignore', '.dockerignore']) {
    for (const line of ['.env', '.env.*', ...encrypted.map((path) => `!${path}`)]) project.ignore(file, line);
  }
  project.ignore('.gitignore', '!.env.example');
}

/** What the starter reads from the environment becomes a checked setting. */
function readSettings(project: Project): void {
  const { settings } = project.starter;
  for (const setting of settings) project.addSetting(setting);
  for (const path of project.tree.paths().filter((candidate) => /^src\/(?!guardrails\/).*\.ts$/.test(candidate)))
    project.edit(path, readFromConfig(path, settings));
}
