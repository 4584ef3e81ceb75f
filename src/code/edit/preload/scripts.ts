import { parse } from 'jsonc-parser';
import { setJson } from '../../../tree/json.ts';
import { commandWithPreload } from './command.ts';
import { together, type Preload, type Preloaded } from './preload.ts';

const starting = /^(?:start|serve|server|prod|production|dev|develop|watch)(?:[:_-].+)?$/;

/** Makes the scripts of a package.json that start the app load a module first. `names` says which; without, those that are usual. */
export function packageJsonWithPreload(
  text: string,
  preload: Preload,
  names: (name: string) => boolean = (name) => starting.test(name),
): Preloaded {
  const json = parse(text) as { scripts?: Record<string, unknown> } | undefined;
  let made = text;
  const parts = Object.entries(json?.scripts ?? {}).flatMap(([name, command]) => {
    if (typeof command !== 'string' || !names(name)) return [];
    const part = commandWithPreload(command, preload);
    if (part.kind === 'text') made = setJson(made, ['scripts', name], part.text);
    return [part];
  });
  return together(parts, made, 'no script of package.json starts a file of the app');
}

/** The same for `nodemon.json`, whose `exec` decides what nodemon starts. */
export function nodemonJsonWithPreload(text: string, preload: Preload): Preloaded {
  const json = parse(text) as { exec?: unknown } | undefined;
  if (typeof json?.exec !== 'string') return { kind: 'none', why: 'it leaves to nodemon what is started' };
  const part = commandWithPreload(json.exec, preload);
  return part.kind === 'text' ? { kind: 'text', text: setJson(text, ['exec'], part.text) } : part;
}
