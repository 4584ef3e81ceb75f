// When something goes wrong that nobody has foreseen, the app says what it was and stops, instead of going on half broken.
import { log } from './log.ts';

/** Last words, then exit code 1: whoever runs the app (container, service manager) starts it afresh. */
export function stopOnSurprise(event: 'uncaughtException' | 'unhandledRejection', reason: unknown): never {
  const err = reason instanceof Error ? reason : new Error(String(reason));
  log.fatal({ err, event: 'sys_crash' }, event);
  process.exit(1);
}

process.once('uncaughtException', (error) => stopOnSurprise('uncaughtException', error));
process.once('unhandledRejection', (reason) => stopOnSurprise('unhandledRejection', reason));
