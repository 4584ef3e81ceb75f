import { ChildProcess } from 'node:child_process';
import { settingsVariable } from '../protocol.ts';

/** A program that is started with an environment of its own would lose what holds it back. */
export function keepChildrenInside(): void {
  const kept = ['NODE_OPTIONS', settingsVariable].map((name) => `${name}=${process.env[name] ?? ''}`);
  const prototype = ChildProcess.prototype as unknown as Record<string, (options: { envPairs?: string[] }) => unknown>;
  const spawn = prototype['spawn'];
  if (!spawn) return;
  prototype['spawn'] = function (this: ChildProcess, options) {
    const lost = kept.filter(
      (pair) => !options.envPairs?.some((known) => known.startsWith(pair.slice(0, pair.indexOf('=') + 1))),
    );
    if (options.envPairs) options.envPairs.push(...lost);
    return spawn.call(this, options);
  };
}
