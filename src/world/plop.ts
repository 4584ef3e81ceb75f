import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { NodePlopAPI, PromptQuestion } from 'node-plop';
import { KnownError } from '../errors.ts';

/** What a generator writes is staged in a tree: plop's own actions write at once, and leave half a result when one fails. */
export interface StageAction<Answers> {
  readonly type: 'stage';
  readonly stage: (answers: Answers) => void;
}

/** A generator of ours, in plop's words. */
export interface OwnGenerator<Answers> {
  readonly name: string;
  readonly description: string;
  readonly actions: readonly StageAction<Answers>[];
}

/** Generators by name, ours and the project's own. */
export interface Generators {
  readonly list: readonly { readonly name: string; readonly description: string; readonly own: boolean }[];
  /** The questions of a generator; undefined where it asks them in its own way. */
  questions(name: string): readonly PromptQuestion[] | undefined;
  /** Runs its actions; gives what each has done. Throws what the first failing one has thrown. */
  run(name: string, answers: object): Promise<readonly string[]>;
}

const plopfiles = ['plopfile.js', 'plopfile.mjs', 'plopfile.cjs', 'plopfile.ts'];

/** Registers our generators with plop, beside those of the project's own plopfile, which is loaded and therefore run. */
export async function openGenerators(folder: string, ours: readonly OwnGenerator<never>[]): Promise<Generators> {
  const { default: nodePlop } = await import('node-plop');
  const plop = await nodePlop();
  let thrown: unknown;
  plop.setActionType('stage', (answers, config) => {
    try {
      (config as unknown as StageAction<unknown>).stage(answers);
      return 'staged';
    } catch (error) {
      thrown = error;
      throw error;
    }
  });
  for (const { name, description, actions } of ours) {
    plop.setGenerator(name, { description, prompts: [], actions: [...actions] });
  }
  const theirs = await loadPlopfile(folder);
  const ownerOf = (name: string): NodePlopAPI => (isOurs(name) ? plop : (theirs ?? plop));
  const isOurs = (name: string): boolean => ours.some((generator) => generator.name === name);
  return {
    list: [...listOf(plop, false), ...(theirs ? listOf(theirs, true).filter(({ name }) => !isOurs(name)) : [])],
    questions: (name) => {
      const { prompts } = ownerOf(name).getGenerator(name);
      return Array.isArray(prompts) ? (prompts as PromptQuestion[]) : undefined;
    },
    run: async (name, answers) => {
      const { changes, failures } = await ownerOf(name).getGenerator(name).runActions(answers);
      if (thrown !== undefined) throw thrown;
      if (failures[0]) throw generatorFailed(name, failures[0].error);
      return changes.map(({ type, path }) => `${type} ${path}`);
    },
  };
}

function listOf(plop: NodePlopAPI, own: boolean): { name: string; description: string; own: boolean }[] {
  return plop.getGeneratorList().map(({ name, description }) => ({ name, description, own }));
}

async function loadPlopfile(folder: string): Promise<NodePlopAPI | undefined> {
  const file = plopfiles.map((name) => join(folder, name)).find((path) => existsSync(path));
  if (file === undefined) return undefined;
  try {
    const { default: nodePlop } = await import('node-plop');
    return await nodePlop(file, { destBasePath: folder, force: false });
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    const what = `The project's own plopfile cannot be loaded: ${reason}`;
    throw new KnownError(
      { code: 'generator-failed', what, where: file, next: 'Mend it, or move it away.' },
      { cause: error },
    );
  }
}

function generatorFailed(name: string, reason: string): KnownError {
  return new KnownError({
    code: 'generator-failed',
    what: `The generator ${name} failed: ${reason}`,
    where: name,
    next: 'What it had written before is still there: look with git status.',
  });
}
