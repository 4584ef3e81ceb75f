import { KnownError } from '../errors.ts';

const reasons: Readonly<Record<string, string>> = {
  EACCES: 'you may not write there',
  EPERM: 'the system does not allow it',
  EROFS: 'the disk is read-only',
  ENOSPC: 'the disk is full',
  EDQUOT: 'your share of the disk is full',
  ENOENT: 'the system does not let folders be made there',
  ENAMETOOLONG: 'the name is too long',
};

/** Why the system refused to write, in words. */
export function whyNotWritten(error: unknown): string {
  const { code } = error as NodeJS.ErrnoException;
  return reasons[code ?? ''] ?? (error instanceof Error ? error.message : String(error));
}

/** The error for a place that refuses, with the system's own reason. */
export function notWritable(place: string, error: unknown): KnownError {
  return new KnownError(
    {
      code: 'not-writable',
      what: `The project cannot be written: ${whyNotWritten(error)}.`,
      where: place,
      next: 'Choose another folder, or change who may write there. Nothing was left behind.',
    },
    { cause: error },
  );
}
