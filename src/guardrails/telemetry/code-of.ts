import type { Project } from '../../flow/project.ts';

/** Reads files of a project without what is commented out: code that does not run is no evidence. */
export function codeOf(project: Project): (path: string) => string | undefined {
  return (path) => project.read(path)?.replaceAll(/\/\*[\s\S]*?\*\/|^\s*\/\/.*$/gm, '');
}
