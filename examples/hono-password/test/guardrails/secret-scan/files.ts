// Finds every text file that git has, or would take in with the next commit.
import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { relative } from 'node:path';

/** Path to text of every tracked or new file; of every file but the ignored ones where there is no git. */
export function projectTexts(): ReadonlyMap<string, string> {
  const texts = listed().map((path) => [path, textOf(path)] as const);
  return new Map(texts.filter(([, text]) => !text.includes('\0')));
}

function listed(): string[] {
  try {
    const listing = execFileSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    return listing.split('\0').filter((path) => path !== '');
  } catch {
    return walked('.');
  }
}

function walked(folder: string): string[] {
  const skipped = /^(?:node_modules|coverage|data|dist|\.git|\.env|\.env\.keys|\.env(?:\..*)?\.local)$/;
  return readdirSync(folder, { withFileTypes: true })
    .filter(({ name }) => !skipped.test(name))
    .flatMap((entry) =>
      entry.isDirectory() ? walked(`${folder}/${entry.name}`) : [relative('.', `${folder}/${entry.name}`)],
    );
}

/** A file that is listed but not there (deleted, not yet committed) counts as empty. */
function textOf(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}
