import { builtinModules } from 'node:module';

const builtins = new Set(builtinModules.map((name) => name.split('/')[0] ?? name));

/** Whether a name is a module of Node.js itself: `fs`, `node:test`. */
export function isBuiltin(name: string): boolean {
  return name.startsWith('node:') || builtins.has(name) || /^(?:sqlite|test|sea)$/.test(name);
}
