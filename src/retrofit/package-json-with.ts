import { parse } from 'jsonc-parser';
import { setJson } from '../tree/json.ts';
import { byCodeUnit } from '../tree/lines.ts';

/** Where a package is named in package.json. */
export type PackageKind = 'dependencies' | 'devDependencies';

/** A package.json (made where there is none) that names these packages too. One that is named already, in any version, stays as it is. */
export function packageJsonWith(
  text: string | undefined,
  names: readonly string[],
  kind: PackageKind,
  versions: Readonly<Record<string, string>>,
): { readonly text: string; readonly added: readonly string[] } {
  const before = text ?? '{\n  "private": true\n}\n';
  const manifest = (parse(before) ?? {}) as Partial<Record<string, Readonly<Record<string, string>>>>;
  const groups = kind === 'dependencies' ? ['dependencies'] : ['dependencies', 'devDependencies'];
  const added = names.filter((name) => !groups.some((group) => manifest[group]?.[name] !== undefined));
  const after = added.reduce((made, name) => {
    const version = versions[name];
    if (version === undefined) throw new Error(`templates/versions.json has no version for ${name}`);
    return setJson(made, [kind, name], version, byCodeUnit);
  }, before);
  return { text: after, added };
}
