import { realpathSync } from 'node:fs';
import { exactText, type Content } from '../tree/content.ts';
import { lookAt } from './target.ts';

/** Reads the files of a project as they are, also those that git ignores; undefined where there is none, or none that may be written. */
export function contentsOf(root: string): (path: string) => Content | undefined {
  const real = realpathSync(root);
  return (path) => {
    const target = lookAt(real, path);
    return target.kind === 'file' ? (exactText(target.bytes) ?? target.bytes) : undefined;
  };
}
