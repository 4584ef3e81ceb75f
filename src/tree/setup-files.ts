import type { Edit } from './tree.ts';

const list = /^( *)setupFiles: \[([^\]]*)\],$/m;
const anchor = /^( *)include: .*$/m;

/** Adds a file that runs before each test file to a vitest configuration: one sorted list, whoever adds to it first. */
export function addSetupFile(path: string): Edit {
  return (text) => {
    const present = [...(list.exec(text)?.[2]?.matchAll(/'([^']+)'/g) ?? [])].map(([, file = '']) => file);
    if (present.includes(path)) return false;
    const all = [...present, path].toSorted().map((file) => `'${file}'`);
    const indent = (present.length > 0 ? list.exec(text) : anchor.exec(text))?.[1] ?? '';
    const entry = renderList(indent, all);
    return present.length > 0 ? text.replace(list, entry) : text.replace(anchor, `$&\n${entry}`);
  };
}

/** One line while it fits into the 120 columns of the generated code, else a line for each file. */
function renderList(indent: string, files: readonly string[]): string {
  const line = `${indent}setupFiles: [${files.join(', ')}],`;
  if (line.length <= 120) return line;
  return [`${indent}setupFiles: [`, ...files.map((file) => `${indent}  ${file},`), `${indent}],`].join('\n');
}
