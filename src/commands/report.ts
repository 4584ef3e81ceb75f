import { jsonReporter } from '../reporters/json.ts';
import type { Reporter } from '../reporters/reporter.ts';
import { textReporter } from '../reporters/text.ts';
import type { Session } from './session.ts';

/** The voice that a run speaks with. */
export function reporterFor({ json, terminal }: Pick<Session, 'json' | 'terminal'>): Reporter {
  return json ? jsonReporter(terminal.print, terminal.complain) : textReporter(terminal);
}
