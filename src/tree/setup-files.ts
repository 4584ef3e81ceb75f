import type { Edit } from './tree.ts';

const list = /^( *)setupFiles: \[(.*)\],$/m;

/** Adds a file that runs before each test file to a vitest configuration: one sorted list, whoever adds to it first. */
export function addSetupFile(path: string): Edit {
  return (text) => {
    const present = [...(list.exec(text)?.[2]?.matchAll(/'([^']+)'/g) ?? [])].map(([, file = '']) => file);
    if (present.includes(path)) return false;
    const all = [...present, path].toSorted().map((file) => `'${file}'`);
    const line = `setupFiles: [${all.join(', ')}],`;
    return present.length > 0 ? text.replace(list, `$1${line}`) : text.replace(/^( *)include: .*$/m, `$&\n$1${line}`);
  };
}
