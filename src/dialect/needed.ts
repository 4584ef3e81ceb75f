import { posix } from 'node:path';

/** The files that these import, directly or not, and they themselves; in the order of all files. Throws where an imported one is missing. */
export function neededFrom(first: readonly string[], all: ReadonlyMap<string, string>): Map<string, string> {
  const needed = new Set<string>();
  const visit = (path: string, by: string): void => {
    if (needed.has(path)) return;
    const text = all.get(path);
    if (text === undefined) throw new Error(`${by} imports ${path}, and there is no such guard file`);
    needed.add(path);
    for (const [, from = ''] of text.matchAll(/(?:\bfrom |^import |\bimport\()'(\.[^']+\.ts)'/gm))
      visit(posix.join(posix.dirname(path), from), path);
  };
  for (const path of first) visit(path, 'the kit');
  return new Map([...all].filter(([path]) => needed.has(path)));
}
