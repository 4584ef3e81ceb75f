/** Values that a template may name. A name that is not here stops the rendering. */
export type Values = Readonly<Record<string, string>>;

/** The templates that ship with this version, wherever they are kept. Read-only and synchronous. */
export interface Templates {
  /** Paths of the files below a folder such as `guardrails/auth/all`, relative to it, sorted; empty where there is no such folder. */
  list(folder: string): readonly string[];
  /** The text of a file; `*.hbs` files are rendered with the values, every other file is given as it is. */
  render(path: string, values: Values): string;
}

/** Where a template file goes in a project: `_gitignore` becomes `.gitignore` (npm pack drops some dot files), `.hbs` goes. */
export function targetPath(path: string): string {
  return path
    .replace(/\.hbs$/, '')
    .split('/')
    .map((part) => (/^_[a-z]/.test(part) ? `.${part.slice(1)}` : part))
    .join('/');
}
