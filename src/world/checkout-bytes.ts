import { closeSync, constants, fstatSync, openSync, readSync } from 'node:fs';

/** Larger files, in bytes, are not read: nobody writes them by hand. */
export const largest = 2_000_000;

/** A link that took the place of a file is not followed, and a pipe does not make us wait. Windows has neither flag. */
const carefully = constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0);

/** The bytes of a regular file, or the reason why there are none. Throws what the system throws. */
export function bytesOfFile(file: string): Buffer | string {
  const descriptor = openSync(file, carefully);
  try {
    const stats = fstatSync(descriptor);
    if (!stats.isFile()) return 'not a file any more';
    return stats.size > largest ? tooLarge(stats.size) : readAll(descriptor, stats.size);
  } finally {
    closeSync(descriptor);
  }
}

export function tooLarge(size: number): string {
  return `too large (${(size / 1e6).toFixed(1)} MB)`;
}

/** At most `size` bytes: a file that grows while it is read is read as it was. */
function readAll(descriptor: number, size: number): Buffer {
  const bytes = Buffer.allocUnsafe(size);
  let read = 0;
  while (read < size) {
    const more = readSync(descriptor, bytes, read, size - read, null);
    if (more === 0) break;
    read += more;
  }
  return bytes.subarray(0, read);
}
