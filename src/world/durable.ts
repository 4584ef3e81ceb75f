import {
  closeSync,
  fchmodSync,
  fchownSync,
  fsyncSync,
  mkdirSync,
  openSync,
  renameSync,
  rmdirSync,
  rmSync,
  writeFileSync,
} from 'node:fs';

/** Called before each effect, with what is about to happen; tests end the run there. */
export type Pause = (what: string) => void;

/** How a new file is to be. */
export interface Look {
  /** Exact permission bits; without them, what is usual for a new file. */
  readonly mode?: number | undefined;
  /** Whose file it is to be, as far as the system lets us. */
  readonly owner?: { readonly uid: number; readonly gid: number } | undefined;
}

/** The only effects on a project that exists. Whatever has returned survives a power cut. */
export interface Disk {
  /** Makes one folder; one that is there is fine. */
  makeFolder(path: string): void;
  /** Makes folders that only their owner may open. */
  makePrivateFolders(path: string): void;
  /** Writes a file that is not there yet. */
  write(path: string, bytes: Uint8Array, look: Look): void;
  rename(from: string, to: string): void;
  /** Removes a file; one that is not there is fine. */
  remove(path: string): void;
  /** Removes a folder if it is there and empty. */
  removeEmptyFolder(path: string): void;
  /** Makes sure that renames and removals in a folder stay. */
  settle(folder: string): void;
}

/** Opens the disk. */
export function openDisk(pause: Pause = () => {}): Disk {
  return {
    makeFolder: (path) => {
      pause(`make the folder ${path}`);
      mkdirSync(path, { recursive: true });
    },
    makePrivateFolders: (path) => {
      pause(`make the private folder ${path}`);
      mkdirSync(path, { recursive: true, mode: 0o700 });
    },
    write: (path, bytes, look) => write(path, bytes, look, pause),
    rename: (from, to) => {
      pause(`rename ${from} to ${to}`);
      renameSync(from, to);
    },
    remove: (path) => {
      pause(`remove ${path}`);
      rmSync(path, { force: true });
    },
    removeEmptyFolder: (path) => {
      pause(`remove the folder ${path}`);
      removeIfEmpty(path);
    },
    settle: (folder) => {
      pause(`settle ${folder}`);
      settle(folder);
    },
  };
}

function write(path: string, bytes: Uint8Array, { mode, owner }: Look, pause: Pause): void {
  pause(`make ${path}`);
  const descriptor = openSync(path, 'wx', mode === undefined ? 0o666 : 0o600);
  try {
    pause(`fill ${path}`);
    writeFileSync(descriptor, bytes);
    if (owner) giveTo(descriptor, owner);
    if (mode !== undefined) fchmodSync(descriptor, mode);
    pause(`settle ${path}`);
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}

/** Only the administrator may give files away; for everybody else the file is theirs already. */
function giveTo(descriptor: number, { uid, gid }: { uid: number; gid: number }): void {
  if (process.getuid?.() === uid && process.getgid?.() === gid) return;
  try {
    fchownSync(descriptor, uid, gid);
  } catch {
    // It stays ours, as with every editor that writes a file anew.
  }
}

function removeIfEmpty(path: string): void {
  try {
    rmdirSync(path);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (!['ENOENT', 'ENOTEMPTY', 'EEXIST', 'ENOTDIR'].includes(code ?? '')) throw error;
  }
}

/** Windows, and some file systems, cannot do this for folders, and need not. */
function settle(folder: string): void {
  try {
    const descriptor = openSync(folder, 'r');
    try {
      fsyncSync(descriptor);
    } finally {
      closeSync(descriptor);
    }
  } catch {
    // Then the system decides when.
  }
}
