import { createHash } from 'node:crypto';
import {
  chmodSync,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  readlinkSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { Step } from '../../src/tree/step.ts';

/** In memory where the system offers that: these tests make many small files, and each is written through to the disk. */
const temporary = existsSync('/dev/shm') ? '/dev/shm' : tmpdir();

/** A folder with files, gone when the test is. */
export function folderWith(files: Readonly<Record<string, string | Uint8Array>>): string {
  const folder = realpathSync(mkdtempSync(join(temporary, 'shipshape-tree-')));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  for (const [path, content] of Object.entries(files)) put(folder, path, content);
  return folder;
}

/** Writes a file, and the folders above it. */
export function put(folder: string, path: string, content: string | Uint8Array, mode?: number): void {
  mkdirSync(dirname(join(folder, path)), { recursive: true });
  writeFileSync(join(folder, path), content);
  if (mode !== undefined) chmodSync(join(folder, path), mode);
}

/** Everything below a folder, what git keeps left out: of each path its kind, permission bits and content. Links are not followed. */
export function pictureOf(folder: string, above = ''): Record<string, string> {
  const picture: Record<string, string> = {};
  for (const name of readdirSync(join(folder, above)).toSorted()) {
    const path = above + name;
    const stats = lstatSync(join(folder, path));
    const mode = (stats.mode & 0o7777).toString(8);
    if (stats.isSymbolicLink()) picture[path] = `link to ${readlinkSync(join(folder, path))}`;
    else if (!stats.isDirectory()) picture[path] = `${mode} ${hashOf(readFileSync(join(folder, path)))}`;
    else if (name !== '.git') Object.assign(picture, { [path]: `folder ${mode}` }, pictureOf(folder, `${path}/`));
  }
  return picture;
}

function hashOf(bytes: Buffer): string {
  return createHash('sha256').update(bytes).digest('hex');
}

/** A source of chance that gives the same for the same seed. */
export function chance(seed: number): { below(limit: number): number; pick<T>(all: readonly T[]): T } {
  let state = seed * 2654435761;
  const next = (): number => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const below = (limit: number): number => Math.floor(next() * limit);
  return { below, pick: (all) => all[below(all.length)] as (typeof all)[number] };
}

const names = [
  'app.js',
  'src/index.ts',
  'src/Straße.ts',
  'src/日本/名.ts',
  'a b/c d.txt',
  '.env',
  'bin/run.sh',
  'e\u0301.md',
];
const added = [
  'src/guards/access.ts',
  'guards/deep/er/x.js',
  'new file.txt',
  '.env.example',
  'src/ключ.ts',
  '🔑/key.md',
];
const guardrails = ['auth', 'secrets', 'telemetry'];

/** A tree in every shape that editors leave: line ends, byte order marks, tabs, no last line end, modes, links; and steps on it. */
export function generatedCase(seed: number): { folder: string; steps: Step[] } {
  const { below, pick } = chance(seed);
  const folder = folderWith({ 'keep/binary.bin': Buffer.from([0xff, 0xfe, 0, seed & 255]) });
  symlinkSync('keep', join(folder, 'linked'));
  symlinkSync('nowhere', join(folder, 'dangling'));
  const texts = new Map<string, string>();
  for (const name of names) {
    if (below(4) === 0) continue;
    const end = pick(['\n', '\r\n']);
    const lines = Array.from(
      { length: below(12) },
      (_, index) => `${pick(['', '  ', '\t'])}line ${index} ${pick(['ä', 'x', '😀'])}`,
    );
    const text = pick(['', '\uFEFF']) + lines.join(end) + pick(['', end]);
    texts.set(name, text);
    put(folder, name, text, pick([0o644, 0o600, 0o755, 0o664]));
  }
  const steps: Step[] = [];
  for (const path of texts.keys()) {
    for (const by of guardrails) {
      const before = texts.get(path);
      if (before === undefined || below(3) > 0) continue;
      if (below(5) === 0) {
        steps.push({ kind: 'remove', path, by, before });
        texts.delete(path);
        continue;
      }
      const after = edited(before, `${by} ${seed}`, below(1000));
      steps.push({ kind: 'edit', path, by, before, after, ...(below(6) === 0 && { secret: true }) });
      texts.set(path, after);
    }
  }
  for (const path of added)
    if (below(2) === 0) {
      const by = pick(guardrails);
      steps.push({
        kind: 'create',
        path,
        by,
        after: `made by ${by}\n`,
        ...pick([{}, { secret: true }, { mode: 0o755 }]),
      });
    }
  return { folder, steps };
}

/** One line more, somewhere, with the line end that is there. */
function edited(text: string, line: string, where: number): string {
  const end = text.includes('\r\n') ? '\r\n' : '\n';
  const lines = text.split(end);
  lines.splice(where % lines.length, 0, line);
  return lines.join(end);
}
