// Reads bun.lock: which packages it holds, and what package.json asked for when it was written.

/** Where Bun writes down what it has installed. */
export const lockfile = 'bun.lock';

type Asked = Readonly<Record<string, string>>;

interface Lock {
  readonly workspaces: {
    readonly '': {
      readonly dependencies?: Asked;
      readonly devDependencies?: Asked;
      readonly optionalDependencies?: Asked;
    };
  };
  readonly packages: Readonly<
    Record<string, readonly [name: string, registry: string, facts: { readonly os?: unknown; readonly cpu?: unknown }]>
  >;
}

/** `name@version` of each package. Builds for one platform are left out: of several, one is installed. */
export function packagesIn(text: string): string[] {
  return Object.values(read(text).packages)
    .filter(([, , facts]) => !facts.os && !facts.cpu)
    .map(([name]) => name);
}

/** Name to version, as package.json asked for it. */
export function directIn(text: string): Record<string, string> {
  const { dependencies, devDependencies, optionalDependencies } = read(text).workspaces[''];
  return { ...dependencies, ...devDependencies, ...optionalDependencies };
}

/** JSON, but for the commas after the last entries. */
function read(text: string): Lock {
  return JSON.parse(text.replace(/,(\s*[}\]])/g, '$1')) as Lock;
}
