/** The line of package.json that a script stands on; 1 when it cannot be told. */
export function lineOfScript(packageJson: string, name: string): number {
  const lines = packageJson.split('\n');
  const scripts = lines.findIndex((line) => /"scripts"\s*:/.test(line));
  const found = lines.findIndex((line, index) => index >= scripts && line.includes(`${JSON.stringify(name)}:`));
  return Math.max(found, scripts, 0) + 1;
}

/** The line of package.json that names a dependency; 1 when it cannot be told. */
export function lineOfDependency(packageJson: string, name: string): number {
  const lines = packageJson.split('\n');
  const first = lines.findIndex((line) => /"(?:dev|optional|peer)?[dD]ependencies"\s*:/.test(line));
  const found = lines.findIndex((line, index) => index >= first && line.includes(`${JSON.stringify(name)}:`));
  return Math.max(found, 0) + 1;
}
