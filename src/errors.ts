/** The process ends with this number. 0 is fine, 1 means "we looked, and it is not good", 2 means "we could not do it". */
export type ExitCode = 0 | 1 | 2 | 130;

/** Every failure that we know, and how the process ends with it. */
const exitCodes = {
  'unknown-flag': 2,
  'unknown-command': 2,
  'unknown-generator': 2,
  'missing-value': 2,
  'bad-value': 2,
  'conflicting-flags': 2,
  'repeated-flag': 2,
  'too-many-arguments': 2,
  'swallowed-flags': 2,
  'missing-owner': 2,
  'missing-name': 2,
  'bad-name': 2,
  'reserved-name': 2,
  'expiry-in-the-past': 2,
  'expiry-too-far': 2,
  'folder-not-empty': 2,
  'file-in-the-way': 2,
  'existing-project': 2,
  'not-a-folder': 2,
  'not-agreed': 2,
  'unknown-rule': 2,
  'unknown-revision': 2,
  'no-git': 2,
  'no-baseline': 2,
  'bad-baseline': 2,
  'baseline-grows': 2,
  'not-a-project': 2,
  'already-shaped': 2,
  'not-installed': 2,
  'check-is-red': 2,
  'not-writable': 2,
  'unsafe-path': 2,
  'changed-meanwhile': 2,
  'another-run': 2,
  unsettled: 2,
  'nothing-to-undo': 2,
  'edited-since': 2,
  'cannot-commit': 2,
  'no-package-manager': 2,
  'not-yet-built': 2,
  'cannot-edit': 2,
  'generator-failed': 2,
  'install-failed': 2,
  unexpected: 2,
  'verification-failed': 1,
  'not-confirmed': 130,
  interrupted: 130,
} as const satisfies Record<string, ExitCode>;

export type ErrorCode = keyof typeof exitCodes;

/** What an error says. Each part is a sentence or a command that stands on its own. */
export interface Failure {
  readonly code: ErrorCode;
  /** What happened, in one sentence. */
  readonly what: string;
  /** The flag, file or folder that it is about. */
  readonly where?: string;
  /** What to type or to do next. */
  readonly next?: string;
}

/** A failure that we know: it is told in plain words and never shows a stack. */
export class KnownError extends Error {
  override readonly name = 'KnownError';
  readonly failure: Failure;

  constructor(failure: Failure, options?: ErrorOptions) {
    super(failure.what, options);
    this.failure = failure;
  }
}

/** The failure behind anything that was thrown. What we do not know becomes `unexpected`. */
export function failureOf(error: unknown): Failure {
  if (error instanceof KnownError) return error.failure;
  const reason = error instanceof Error ? error.message : String(error);
  return {
    code: 'unexpected',
    what: `Something went wrong that create-shipshape does not know: ${reason}`,
    next: 'Run the same line again with --verbose, and report what it prints.',
  };
}

/** How the process ends after a failure. */
export function exitCodeOf(failure: Failure): ExitCode {
  return exitCodes[failure.code];
}
