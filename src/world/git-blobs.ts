import { largest, tooLarge } from './checkout-bytes.ts';
import { askGit } from './git-inert.ts';
import type { RevisionFile } from './git-revision.ts';

/** Bytes that are asked of git at a time: a process for each file would take minutes, all at once would take all memory. */
const together = 8_000_000;

/** Reads the contents of files in git, some neighbours along with each, because whoever reads one reads them in order. */
export function blobReader(folder: string, files: readonly RevisionFile[]): (path: string) => Buffer | string {
  const places = new Map(files.map(({ path }, index) => [path, index]));
  const fetched = new Map<string, Buffer | string>();
  const asked = new Set<string>();
  return (path) => {
    const place = places.get(path) ?? -1;
    const file = files[place];
    if (!file) return 'not in this revision';
    if (file.size > largest) return tooLarge(file.size);
    if (!asked.has(path)) {
      const batch = batchFrom(files, place, asked);
      for (const { path: neighbour } of batch) asked.add(neighbour);
      for (const [neighbour, content] of contentsOf(folder, batch)) fetched.set(neighbour, content);
    }
    const content = fetched.get(path) ?? 'git could not read it';
    fetched.delete(path);
    return content;
  };
}

function batchFrom(files: readonly RevisionFile[], first: number, asked: ReadonlySet<string>): RevisionFile[] {
  const batch: RevisionFile[] = [];
  let bytes = 0;
  for (let place = first; place < files.length && bytes < together; place++) {
    const file = files[place] as RevisionFile;
    if (file.size > largest || asked.has(file.path)) continue;
    bytes += file.size;
    batch.push(file);
  }
  return batch;
}

/** `id type size<newline>content<newline>` for each; `id missing<newline>` where a partial clone lacks it. */
function contentsOf(folder: string, batch: readonly RevisionFile[]): Map<string, Buffer | string> {
  const { output } = askGit(folder, ['cat-file', '--batch'], { input: batch.map(({ id }) => `${id}\n`).join('') });
  const contents = new Map<string, Buffer | string>();
  let at = 0;
  for (const { path } of batch) {
    const end = output.indexOf(10, at);
    if (end === -1) break;
    const [, type, size] = output.subarray(at, end).toString().split(' ');
    at = end + 1;
    if (type === 'missing') contents.set(path, 'not in this clone: it was made without all contents');
    else {
      contents.set(path, output.subarray(at, at + Number(size)));
      at += Number(size) + 1;
    }
  }
  return contents;
}
