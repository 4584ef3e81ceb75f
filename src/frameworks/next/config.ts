import { keyNameOf } from '../../code/calls.ts';
import { textValueOf } from '../../code/literals.ts';
import { nodesOf } from '../../code/walk.ts';
import type { App } from '../../repository/apps.ts';
import { joined } from '../../repository/entries.ts';
import type { Repository } from '../../repository/repository.ts';

/** The configuration file of Next.js, where there is one. */
export function configPath(repository: Repository, { root }: App): string | undefined {
  return ['js', 'mjs', 'ts', 'cjs', 'mts']
    .map((ending) => joined(root, `next.config.${ending}`))
    .find((path) => repository.file(path));
}

/** What stands before every path: `basePath`, '' where there is none. */
export function basePathOf(repository: Repository, app: App): string {
  const path = configPath(repository, app);
  const module =
    path === undefined || !repository.read(path)?.includes('basePath') ? undefined : repository.module(path);
  if (!module) return '';
  for (const property of nodesOf(module.tree, 'ObjectProperty'))
    if (keyNameOf(property) === 'basePath')
      return textValueOf(repository, module, property.value)?.replace(/\/$/, '') ?? '';
  return '';
}
