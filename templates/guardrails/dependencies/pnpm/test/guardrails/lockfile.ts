// Reads pnpm-lock.yaml: which packages it holds, and what package.json asked for when it was written.

/** Where pnpm writes down what it has installed. */
export const lockfile = 'pnpm-lock.yaml';

/** `name@version` of each package. Builds for one platform are left out: of several, one is installed. */
export function packagesIn(text: string): string[] {
  return blocksIn(sectionIn(text, 'packages'), 2)
    .filter(([, block]) => !/^ {4}(?:os|cpu): /m.test(block))
    .map(([name]) => name);
}

/** Name to version, as package.json asked for it. */
export function directIn(text: string): Record<string, string> {
  const asked = blocksIn(sectionIn(text, 'importers'), 6).map(([name, block]) => [
    name,
    /specifier: (\S+)/.exec(block)?.[1] ?? '',
  ]);
  return Object.fromEntries(asked) as Record<string, string>;
}

function sectionIn(text: string, name: string): string {
  return new RegExp(`^${name}:\\n((?: .*\\n|\\n)*)`, 'm').exec(text)?.[1] ?? '';
}

/** Name and text of the blocks that begin at an indent. */
function blocksIn(section: string, indent: number): [name: string, block: string][] {
  const block = new RegExp(`^ {${indent}}'?([^\\s'][^']*?)'?:\\n((?: {${indent + 2}}.*\\n)*)`, 'gm');
  return [...section.matchAll(block)].map(([, name = '', lines = '']) => [name, lines]);
}
