import type { Place } from '../../repository/place.ts';
import type { Repository } from '../../repository/repository.ts';
import type { Confidence, Weight } from '../../rules/rule.ts';
import type { RuleId } from '../finding.ts';

/** A safeguard that was there before a change and is not, or is weaker, after it. */
export interface Loss {
  /** What kind of safeguard: `guard`, `access`, `limit`, ... */
  readonly control: string;
  /** The rule that it kept. */
  readonly rule: RuleId;
  readonly message: string;
  readonly where: Place;
  readonly remedy: string;
  /** Tells it from other losses of the rule. */
  readonly key: string;
  /** Default: certain. */
  readonly confidence?: Confidence;
  /** Default: high. */
  readonly weight?: Weight;
  readonly evidence?: string;
}

/** Looks for one kind of loss. */
export type LookForLoss = (before: Repository, after: Repository) => readonly Loss[];

/** The place if the file is still there, else the file without a line. */
export function placeAfter(after: Repository, path: string, line?: number): Place {
  return line !== undefined && after.file(path) ? { path, line } : { path };
}
