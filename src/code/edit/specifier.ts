import { posix } from 'node:path';
import { importsOf } from '../imports.ts';
import type { Module } from '../module.ts';
import { appOf } from '../../repository/apps.ts';
import type { Repository } from '../../repository/repository.ts';
import { styleOf } from './style.ts';

/** What a file has to be so that another one can import it as it is written: the ending without the dot. */
export type FileKind = 'ts' | 'js' | 'mjs' | 'cjs';

/** The kind of file that a module can import, whatever starts it. */
export function importableFrom(repository: Repository, module: Module): FileKind {
  if (/\.[cm]?tsx?$/.test(module.path)) return 'ts';
  const type = packageTypeOf(repository, module.path);
  if (styleOf(module, type).modules === 'cjs') return 'cjs';
  return module.path.endsWith('.mjs') && type !== 'module' ? 'mjs' : 'js';
}

/** The `type` of the package that a file belongs to. */
export function packageTypeOf(repository: Repository, path: string): string | undefined {
  return appOf(repository, path)?.manifest?.type;
}

/** How a module imports another file of the repository: with the endings that its neighbours write. */
export function specifierOfFile(repository: Repository, module: Module, to: string): string {
  const path = posix.relative(posix.dirname(module.path), to);
  const relative = path.startsWith('.') ? path : `./${path}`;
  if (!/\.[cm]?tsx?$/.test(to)) return relative;
  const ending = endingOf(repository, module);
  return ending === 'none'
    ? relative.replace(/(?:\/index)?\.[cm]?tsx?$/, '')
    : ending === 'ts'
      ? relative
      : relative.replace(/\.([cm]?)tsx?$/, '.$1js');
}

/** Whether TypeScript files import each other as `./a`, `./a.js` or `./a.ts`. */
function endingOf(repository: Repository, module: Module): 'none' | 'js' | 'ts' {
  const own = endingIn([module]);
  if (own) return own;
  const app = appOf(repository, module.path);
  const others = (app?.files ?? [])
    .filter(({ path, role }) => role === 'source' && /\.[cm]?tsx?$/.test(path))
    .flatMap(({ path }) => repository.module(path) ?? []);
  const found = endingIn(others);
  if (found) return found;
  return app?.manifest?.type === 'module' || module.path.endsWith('.mts') ? 'js' : 'none';
}

function endingIn(modules: readonly Module[]): 'none' | 'js' | 'ts' | undefined {
  const count = { none: 0, js: 0, ts: 0 };
  for (const module of modules)
    for (const { specifier } of importsOf(module)) {
      if (!/^(?:\.{1,2}|[@~#])\//.test(specifier) || /\.(?:json|css|node|wasm)$/.test(specifier)) continue;
      count[/\.[cm]?js$/.test(specifier) ? 'js' : /\.[cm]?tsx?$/.test(specifier) ? 'ts' : 'none'] += 1;
    }
  const [most, times] = Object.entries(count).toSorted(([, one], [, other]) => other - one)[0] ?? ['none', 0];
  return times === 0 ? undefined : (most as 'none' | 'js' | 'ts');
}
