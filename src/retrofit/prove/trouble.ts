import type { OwnKind } from './own-commands.ts';
import { tellingLine } from './tail.ts';
import type { Look, Tried } from './trial.ts';

/** What a plan makes worse. */
export interface Trouble {
  /** How bad it is: nothing is worse than an app that does not start. */
  readonly score: number;
  /** Told to people, as the reason why something was left out. */
  readonly why: string;
  /** Everything that may name a file or a package of whoever is guilty. */
  readonly evidence: string;
  /** Where one has to look to see whether it is gone. */
  readonly look: Look;
}

const notStarting = 1_000_000;

/**
 * What is worse than before; undefined where nothing is. An address that is still open to strangers is no such thing: it was open before, and
 * leaving out a guardrail would not close it.
 */
export function troubleIn({ after, own }: Tried): Trouble | undefined {
  const broken = (after?.routes ?? []).filter(({ verdict, stillOpen }) => verdict === 'worse' && !stillOpen);
  const red = [...own].filter(([, { verdict }]) => verdict === 'worse');
  const stopped = after && 'why' in after.started ? after.started : undefined;
  if (!stopped && broken.length === 0 && red.length === 0) return undefined;
  const ends = red.map(([, { command, why }]) => `\`${command}\` fails now: ${why}`);
  const routes = broken.map(({ key, why }) => `${key}: ${why}`);
  const start = stopped ? [`the app does not start any more: ${tellingLine(stopped.tail) || stopped.why}`] : [];
  const all = [...start, ...routes, ...ends];
  return {
    score: (stopped ? notStarting : 0) + broken.length + red.length,
    why: all.length > 1 ? `${all[0]} (and ${all.length - 1} more)` : (all[0] ?? ''),
    evidence: [stopped?.tail ?? '', ...red.map(([, { tail }]) => tail), ...all].join('\n'),
    look: { app: stopped !== undefined || broken.length > 0, own: new Set<OwnKind>(red.map(([kind]) => kind)) },
  };
}
