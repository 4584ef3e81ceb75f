/** What a target of a Makefile runs, with the targets it needs; undefined when there is no such target. */
export function recipeOf(makefile: string, target: string, above: readonly string[] = []): string | undefined {
  const lines = makefile.split('\n');
  const first = lines.findIndex((line) => /^[\w./ -]+:(?!=)/.test(line) && targetsOf(line).includes(target));
  if (first === -1 || above.length > 8 || above.includes(target)) return undefined;
  const needed = (lines[first]?.split(/:(.*)/s)[1] ?? '').replace(/#.*/, '').split(/\s+/);
  const rest = lines.slice(first + 1);
  const end = rest.findIndex((line) => line !== '' && !line.startsWith('\t'));
  const recipe = rest.slice(0, end === -1 ? undefined : end).map(commandOf);
  const before = needed.map((name) => recipeOf(makefile, name, [...above, target]) ?? '');
  return [...before, ...recipe].filter(Boolean).join('\n');
}

function targetsOf(line: string): string[] {
  return (line.split(':')[0] ?? '').trim().split(/\s+/);
}

/** `-` before a command lets it fail, `@` keeps it quiet. */
function commandOf(line: string): string {
  const [, signs = '', command = ''] = /^\t([@+-]*)(.*)$/.exec(line) ?? [];
  return signs.includes('-') ? `${command} || true` : command;
}
