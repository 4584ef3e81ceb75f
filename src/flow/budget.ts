/** What one package of templates/packages.json weighs and brings along. */
export interface PackageWeight {
  /** Kilobytes on disk once installed. */
  readonly kilobytes: number;
  readonly needs: readonly string[];
}

/** Package name to weight, measured by `npm run packages` from a real install. */
export type PackageGraph = Readonly<Record<string, PackageWeight>>;

/** The cost of a project's dependencies. */
export interface Budget {
  readonly packages: number;
  readonly megabytes: number;
}

/** How many packages a `package.json` pulls in and what they weigh on disk, as measured when this version was made. */
export function budgetOf(packageJson: string, graph: PackageGraph): Budget {
  const { dependencies, devDependencies, optionalDependencies } = JSON.parse(packageJson) as Record<
    string,
    object | undefined
  >;
  const direct = [dependencies, devDependencies, optionalDependencies].flatMap((group) => Object.keys(group ?? {}));
  const installed = closure(direct, graph);
  const kilobytes = installed.reduce((sum, name) => sum + (graph[name]?.kilobytes ?? 0), 0);
  return { packages: installed.length, megabytes: Math.round(kilobytes / 1024) };
}

/** Packages that are not in the graph belong to another platform and are not installed. */
function closure(direct: readonly string[], graph: PackageGraph): string[] {
  const found = new Set<string>();
  const queue = [...direct];
  for (let name = queue.pop(); name !== undefined; name = queue.pop()) {
    const weight = graph[name];
    if (!weight || found.has(name)) continue;
    found.add(name);
    queue.push(...weight.needs);
  }
  return [...found];
}
