import type { Content } from '../tree/content.ts';

/** Who changes lock files. They are given back as a whole or not at all. */
export const installing = 'install';

/** A step that was taken, with all that is needed to take it back. */
export interface RecordedStep {
  /** The guardrail that took it. */
  readonly by: string;
  readonly path: string;
  readonly before: Content | undefined;
  readonly after: Content | undefined;
  /** The permission bits that the file had. */
  readonly modeBefore: number | undefined;
  /** The permission bits that it was given, where they were set. */
  readonly modeAfter: number | undefined;
  /** True when `before` must never be shown. */
  readonly hides: boolean;
}

/** What one run has done to a project. Holds original texts, and so the secrets that were taken out of them. */
export interface UndoRecord {
  /** Later runs have larger ids: four digits. */
  readonly id: string;
  /** When, as an ISO time. */
  readonly at: string;
  /** In the order in which they were taken. */
  readonly steps: readonly RecordedStep[];
  /** Folders that were made, outermost first. */
  readonly folders: readonly string[];
}
