import type { ExtractOptions } from '../../secrets/extract/extract.ts';
import { specifierOfFile } from '../../code/edit/specifier.ts';
import type { Repository } from '../../repository/repository.ts';
import { dialectFor } from '../../retrofit/dialect-for.ts';
import type { Draft } from '../../retrofit/draft.ts';
import { inApp } from '../../retrofit/in-app.ts';
import type { Scene } from '../../retrofit/scene.ts';

/** How code reads its settings once the guards are there: from the one place that checks them when the app starts. */
export function readsConfig(
  scene: Scene,
  repository: Repository,
  checked: ReadonlySet<string>,
): NonNullable<ExtractOptions['read']> | undefined {
  const { guards } = scene;
  if (!guards) return undefined;
  const file = inApp(scene, `guardrails/config.${guards.dialect}`);
  return (name, module) => {
    const fits = guards.dialect === 'cjs' || dialectFor(repository, module) === 'mjs';
    // A name of the app's own must not be taken for ours.
    if (!checked.has(name) || !fits || /\bconfig\b/.test(module.text)) return { text: `process.env.${name}` };
    const take = { kind: 'named', name: 'config', from: specifierOfFile(repository, module, file) } as const;
    return { text: `config.${name}`, always: true, take };
  };
}

/** TypeScript that imports the settings has to know them. */
export function draftTypes(scene: Scene, draft: Draft, names: readonly string[], paths: readonly string[]): void {
  const { guards } = scene;
  if (!guards || names.length === 0 || !paths.some((path) => /\.[cm]?tsx?$/.test(path))) return;
  const lines = names.toSorted().map((name) => `  readonly ${name}: string;`);
  const text = `/** Settings of the app, checked when it starts. */\nexport declare const config: {\n${lines.join('\n')}\n};\n`;
  const path = inApp(scene, `guardrails/config.d.${guards.dialect === 'cjs' ? 'cts' : 'mts'}`);
  if (draft.bytes(path) === undefined) draft.create(path, text, { why: 'tells TypeScript which settings there are' });
}
