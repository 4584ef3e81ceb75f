import { dirname, relative } from 'node:path/posix';
import type { Edit } from '../../tree/tree.ts';

/** Whether code writes to the console; comments do not count. */
export function usesConsole(text: string): boolean {
  return text.includes('console') && /\bconsole\s*[.[]/.test(text.replaceAll(/\/\/.*|\/\*[\s\S]*?\*\//g, ''));
}

/** Sends the lines of a source file through the log of the app instead. */
export function logInsteadOfConsole(path: string): Edit {
  const log = relative(dirname(path), 'src/guardrails/log.ts').replace(/^(?!\.)/, './');
  return (text) =>
    usesConsole(text) &&
    text
      .replaceAll(/\bconsole\.(?:log|info)\(/g, 'log.info(')
      .replaceAll(/\bconsole\.(warn|error|debug)\(/g, 'log.$1(')
      // First, not last: other guardrails add their imports at the end, and the order must not depend on who is first.
      .replace(/^import /m, `import { log } from '${log}';\nimport `);
}
