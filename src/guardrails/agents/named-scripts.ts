/** The package scripts that a text names, such as `check` for `npm run check`; `run` is how the package manager says it. */
export function scriptsNamedIn(text: string, run: string): string[] {
  const command = new RegExp(`\\b${run.replace(' ', ' +')} +(?:--silent +)?([a-z][\\w:-]*)`, 'g');
  const names = [...text.matchAll(command)].map(([, name = '']) => name.replace(/[:-]+$/, ''));
  return [...new Set(names)];
}
