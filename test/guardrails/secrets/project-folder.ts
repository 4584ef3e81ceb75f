import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import type { SecretSource } from '../../../src/answers/answers.ts';
import { planGuardrails, stageStarter } from '../../../src/flow/create.ts';
import secrets from '../../../src/guardrails/secrets/index.ts';
import { createTree } from '../../../src/tree/tree.ts';
import { answersWith, inputs } from '../../support/answers.ts';

const installed = resolve('test/workbench/node_modules');

/** The Node that generated projects run on. */
export const node = join(installed, '.bin', 'node');

/** A starter with this one guardrail, on disk, with its packages. `secret` is declared as one more secret setting. */
export function projectFolder(sources: readonly SecretSource[], secret: string) {
  const tree = createTree();
  const answers = answersWith({ secrets: sources });
  stageStarter(tree, answers, inputs);
  const { files } = planGuardrails(tree, answers, inputs, [secrets]);
  const folder = mkdtempSync(join(tmpdir(), 'project-'));
  for (const [path, text] of files) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), path.endsWith('settings.ts') ? declare(text, secret) : text);
  }
  symlinkSync(installed, join(folder, 'node_modules'));
  return { folder, remove: () => rmSync(folder, { recursive: true }) };
}

function declare(settings: string, name: string): string {
  const line = `  ${name}: secret(z.string().min(12), 'sends mail'),`;
  return settings.replace('export const settings = {\n', (opening) => `${opening}${line}\n`);
}
