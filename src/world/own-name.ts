import { existsSync } from 'node:fs';
import { join, relative } from 'node:path';

type Environment = Readonly<Record<string, string | undefined>>;

/** What is printed names the published package. Out of a checkout that line would fetch something else, or nothing: there it becomes what was typed. */
export function ownName(environment: Environment, folder: string): (text: string) => string {
  if (!existsSync(join(folder, '../src/cli.ts'))) return (text) => text;
  const typed = environment['npm_command'] === 'exec' ? 'npx shipshape' : `node ${binFrom(folder)}`;
  return (text) => text.replaceAll(/npx (?:--yes )?create-shipshape@[\w.-]+/g, typed);
}

function binFrom(folder: string): string {
  const path = relative(process.cwd(), join(folder, '../bin/shipshape.js')).replaceAll('\\', '/');
  return /^[\w./-]+$/.test(path) ? path : JSON.stringify(path);
}
