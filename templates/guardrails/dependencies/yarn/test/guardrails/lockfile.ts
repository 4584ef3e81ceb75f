// Reads yarn.lock: which packages it holds, and what package.json asked for when it was written.

/** Where Yarn writes down what it has installed. */
export const lockfile = 'yarn.lock';

/** `name@version` of each package. Builds for one platform are left out: of several, one is installed. */
export function packagesIn(text: string): string[] {
  return blocksIn(text)
    .filter((block) => !block.includes('\n  conditions: '))
    .flatMap((block) => /\n {2}resolution: "([^"]+)@npm:([\w.-]+)"/.exec(block)?.slice(1, 3).join('@') ?? []);
}

/** Name to version, as package.json asked for it. */
export function directIn(text: string): Record<string, string> {
  const own = blocksIn(text).find((block) => block.includes('@workspace:.'));
  const asked = [...(own ?? '').matchAll(/^ {4}"?([^\s":]+)"?: "npm:(.+)"$/gm)];
  return Object.fromEntries(asked.map(([, name = '', version = '']) => [name, version]));
}

function blocksIn(text: string): string[] {
  return text.split('\n\n').filter((block) => block.includes('\n  resolution: '));
}
