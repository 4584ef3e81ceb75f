// Reads package-lock.json: which packages it holds, and what package.json asked for when it was written.

/** Where npm writes down what it has installed. */
export const lockfile = 'package-lock.json';

interface Locked {
  readonly version?: string;
  readonly os?: readonly string[];
  readonly cpu?: readonly string[];
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly devDependencies?: Readonly<Record<string, string>>;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
}

/** `name@version` of each package. Builds for one platform are left out: of several, one is installed. */
export function packagesIn(text: string): string[] {
  return Object.entries(read(text))
    .filter(([path, { os, cpu }]) => path !== '' && !os && !cpu)
    .map(([path, { version }]) => `${path.replace(/^.*node_modules\//, '')}@${version}`);
}

/** Name to version, as package.json asked for it. */
export function directIn(text: string): Record<string, string> {
  const { dependencies, devDependencies, optionalDependencies } = read(text)[''] ?? {};
  return { ...dependencies, ...devDependencies, ...optionalDependencies };
}

function read(text: string): Readonly<Record<string, Locked>> {
  return (JSON.parse(text) as { packages: Record<string, Locked> }).packages;
}
