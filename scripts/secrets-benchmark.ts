// How well secrets are found, beside secretlint's preset alone, on texts that other people have labelled.
//
//   npm run bench:secrets -- <folder> [--wrong]
//
// The folder, or folders in it, may be a checkout of gitleaks, secretlint or detect-secrets, whose tests are read as data; and it may hold
// files *.jsonl with one JSON object a line: {"text": "password = hunter2", "path": "settings.ini", "secret": true}; `path` may be left
// out. `--wrong` lists what is judged wrongly, masked.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { lintSource } from '@secretlint/core';
import { creator } from '@secretlint/secretlint-rule-preset-recommend';
import { parseModule } from '../src/code/parse.ts';
import { maskSecrets } from '../src/secrets/mask.ts';
import { scanText } from '../src/secrets/scan.ts';
import { textKindOf } from '../src/secrets/settings.ts';
import { detectSecretsData } from './secrets-benchmark/detect-secrets.ts';
import { gitleaksData } from './secrets-benchmark/gitleaks.ts';
import type { DataSet, Labelled } from './secrets-benchmark/labelled.ts';
import { secretlintData } from './secrets-benchmark/secretlint.ts';

interface Counts {
  found: number;
  missed: number;
  false: number;
}

const [folder, ...flags] = process.argv.slice(2);
if (folder === undefined) throw new Error('name the folder with the labelled texts: npm run bench:secrets -- <folder>');
void tell(folder, flags.includes('--wrong'));

async function tell(top: string, wrong: boolean): Promise<void> {
  const sets = [top, ...readdirSync(top).map((name) => join(top, name))].flatMap(dataSetsIn);
  console.log(
    '| data | secrets | others | not expanded | recall | precision | recall of secretlint | precision of secretlint |',
  );
  console.log('|---|---|---|---|---|---|---|---|');
  const total = { secrets: 0, others: 0, notExpanded: 0, ours: noCounts(), theirs: noCounts() };
  for (const { name, rows, notExpanded } of sets) {
    const ours = await judge(rows, findsSecret, wrong);
    const theirs = await judge(rows, secretlintFinds, false);
    const secrets = rows.filter(({ secret }) => secret).length;
    console.log(line(name, secrets, rows.length - secrets, notExpanded, ours, theirs));
    total.secrets += secrets;
    total.others += rows.length - secrets;
    total.notExpanded += notExpanded;
    add(total.ours, ours);
    add(total.theirs, theirs);
  }
  console.log(line('all', total.secrets, total.others, total.notExpanded, total.ours, total.theirs));
}

function dataSetsIn(path: string): DataSet[] {
  if (path.endsWith('.jsonl')) return [jsonLines(path)];
  if (existsSync(join(path, 'cmd/generate/config/rules'))) return gitleaksData(path);
  if (existsSync(join(path, 'packages/@secretlint'))) return secretlintData(path);
  return existsSync(join(path, 'detect_secrets')) ? detectSecretsData(path) : [];
}

function jsonLines(path: string): DataSet {
  const lines = readFileSync(path, 'utf8').split('\n').filter(Boolean);
  const rows = lines.map((text) => ({ path: 'line', ...(JSON.parse(text) as Omit<Labelled, 'path'>) }));
  return { name: path.split('/').at(-1) ?? path, rows, notExpanded: 0 };
}

async function judge(
  rows: readonly Labelled[],
  finds: (row: Labelled) => Promise<boolean>,
  wrong: boolean,
): Promise<Counts> {
  const counts = noCounts();
  for (const row of rows) {
    const said = await finds(row);
    if (said && row.secret) counts.found++;
    else if (said) counts.false++;
    else if (row.secret) counts.missed++;
    if (wrong && said !== row.secret)
      console.error(
        `${said ? 'false' : 'missed'}: ${maskSecrets(row.text.slice(0, 400)).replaceAll('\n', '\\n').slice(0, 200)}`,
      );
  }
  return counts;
}

async function findsSecret({ text, path }: Labelled): Promise<boolean> {
  const module = () => parseModule(path, text);
  const found = await scanText({ path, text, layers: 'all', kind: textKindOf(path), module });
  return found.some(({ echo }) => !echo);
}

async function secretlintFinds({ text, path }: Labelled): Promise<boolean> {
  const source = { filePath: path, content: text, contentType: 'text' as const, ext: /\.\w+$/.exec(path)?.[0] ?? '' };
  const { messages } = await lintSource({
    source,
    options: { noPhysicFilePath: true, config: { rules: [{ id: 'preset', rule: creator }] } },
  });
  return messages.length > 0;
}

function line(
  name: string,
  secrets: number,
  others: number,
  notExpanded: number,
  ours: Counts,
  theirs: Counts,
): string {
  return `| ${[name, secrets, others, notExpanded, ...shares(ours), ...shares(theirs)].join(' | ')} |`;
}

function shares({ found, missed, false: wrong }: Counts): string[] {
  return [share(found, found + missed), share(found, found + wrong)];
}

function share(part: number, whole: number): string {
  return whole === 0 ? '-' : (part / whole).toFixed(3);
}

function noCounts(): Counts {
  return { found: 0, missed: 0, false: 0 };
}

function add(total: Counts, more: Counts): void {
  total.found += more.found;
  total.missed += more.missed;
  total.false += more.false;
}
