import type { App } from '../repository/apps.ts';
import type { Repository } from '../repository/repository.ts';

/** The access table that a project has already: key to rule as code. Undefined where it has none. */
export function accessIn(repository: Repository, { root }: App): Map<string, string> | undefined {
  const folder = root === '' ? 'guardrails' : `${root}/guardrails`;
  const text = ['mjs', 'cjs'].map((ending) => repository.read(`${folder}/access.${ending}`)).find(Boolean);
  if (text === undefined) return undefined;
  const lines = text.matchAll(/^\s+'((?:[^'\\\r\n]|\\.)+)':\s*(.+?),?\s*$/gm);
  return new Map([...lines].map(([, key = '', rule = '']) => [key.replaceAll(/\\(.)/g, '$1'), rule]));
}
