// Reads the snapshot tests of secretlint's preset: an input, and the messages that its authors expect for it.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { DataSet, Labelled } from './labelled.ts';

const snapshots = 'packages/@secretlint/secretlint-rule-preset-recommend/test/snapshots';

export function secretlintData(checkout: string): DataSet[] {
  const rows: Labelled[] = [];
  let notExpanded = 0;
  for (const rule of readdirSync(join(checkout, snapshots))) {
    if (/filter-comments/.test(rule)) continue;
    for (const name of readdirSync(join(checkout, snapshots, rule))) {
      const folder = join(checkout, snapshots, rule, name);
      const files = readdirSync(folder).filter((file) => !/^(?:output\.json|readme)/i.test(file));
      const input = files.find((file) => !/^(?:options|config|\.secretlintrc)/.test(file));
      if (!input || !existsSync(join(folder, 'output.json')) || input.endsWith('.p12')) notExpanded++;
      // With a second file beside it, a case shows what an option does.
      else if (files.length === 1) rows.push(rowOf(folder, input));
    }
  }
  return [{ name: 'secretlint', rows, notExpanded }];
}

function rowOf(folder: string, input: string): Labelled {
  const { messages } = JSON.parse(readFileSync(join(folder, 'output.json'), 'utf8')) as {
    messages: { messageId: string }[];
  };
  // The number of an account opens nothing.
  const secret = messages.some(({ messageId }) => messageId !== 'AWSAccountID');
  return { text: readFileSync(join(folder, input), 'utf8'), path: input === 'input.txt' ? 'line' : input, secret };
}
