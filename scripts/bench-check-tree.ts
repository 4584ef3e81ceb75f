// The tree for `npm run bench:check`: the same bytes every time. Three fifths of them are code, the rest is what else lies in a repository.
import { createHash } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** Makes `files` files with about `bytes` bytes in all. */
export function makeTree(folder: string, files: number, bytes: number): void {
  const random = randomFrom(files);
  const perFile = bytes / files;
  write(folder, 'package.json', JSON.stringify(manifest, null, 2));
  write(folder, 'src/server.js', server);
  for (let at = 2; at < files; at++) {
    const kind = kinds[at % kinds.length] as Kind;
    const size = perFile * (0.3 + 1.4 * random());
    write(
      folder,
      `${kind.folder}/area${at % 97}/${words[at % words.length]}-${at}.${kind.ending}`,
      fill(kind, size, random, at),
    );
  }
}

interface Kind {
  readonly folder: string;
  readonly ending: string;
  readonly piece: (word: () => string, number: () => number) => string;
}

/** One in 200 files holds a secret that nobody ever issued. */
function fill(kind: Kind, size: number, random: () => number, at: number): string {
  const word = (): string => words[Math.floor(random() * words.length)] ?? 'item';
  const number = (): number => Math.floor(random() * 10_000);
  let text = at % 200 === 7 ? secretLine(at, kind.ending) : '';
  while (text.length < size) text += kind.piece(word, number);
  return text;
}

function secretLine(at: number, ending: string): string {
  const letters = createHash('sha512')
    .update(`${at}`)
    .digest('base64')
    .replaceAll(/[^A-Za-z0-9]/g, '');
  const secret = at % 400 === 7 ? `ghp_${letters.slice(0, 36)}` : `sk_live_${letters.slice(0, 24)}`;
  return /^[jt]sx?$/.test(ending) ? `const apiKey = '${secret}';\n` : `apiKey: ${secret}\n`;
}

const service: Kind['piece'] = (word, number) => {
  const [name, field, other] = [word(), word(), word()];
  return `
/** Finds each ${name} whose ${field} is larger than a limit. */
export async function ${name}By${upper(field)}${number()}(store, limit = ${number()}) {
  const rows = await store.query('SELECT id, ${field}, ${other} FROM ${name} WHERE ${field} > ? ORDER BY id', [limit]);
  const kept = rows.filter((row) => row.${field} > limit && row.${other} !== null);
  if (kept.length === 0) return { count: 0, rows: [] };
  return { count: kept.length, rows: kept.map(({ id, ${field} }) => ({ id, ${field}, label: \`${name} \${id}\` })) };
}
`;
};

const typed: Kind['piece'] = (word, number) => {
  const [name, field] = [upper(word()), word()];
  const suffix = number();
  return `
export interface ${name}${suffix} {
  readonly id: string;
  readonly ${field}: number;
  readonly tags: readonly string[];
}

export class ${name}${suffix}Service {
  constructor(private readonly items: Map<string, ${name}${suffix}>) {}

  total(tag: string): number {
    let sum = 0;
    for (const item of this.items.values()) if (item.tags.includes(tag)) sum += item.${field} * ${number()};
    return sum;
  }
}
`;
};

const component: Kind['piece'] = (word, number) => {
  const [name, field] = [upper(word()), word()];
  return `
export function ${name}Card${number()}({ ${field}, onChange }) {
  const [open, setOpen] = useState(false);
  useEffect(() => { if (open) onChange(${field}); }, [open, ${field}]);
  return (
    <section className="card card-${field}">
      <h2>{${field} ?? 'No ${field} yet'}</h2>
      <button type="button" onClick={() => setOpen(!open)}>{open ? 'Close' : 'Show ${number()} more'}</button>
    </section>
  );
}
`;
};

const prose: Kind['piece'] = (word) =>
  `\n## ${upper(word())} and ${word()}\n\nEvery ${word()} keeps a ${word()} that somebody checks before the ${word()} goes out. See [${word()}](./${word()}.md) for more,\nor run \`npm run ${word()}\` and look at the ${word()}.\n`;

const record: Kind['piece'] = (word, number) =>
  `${JSON.stringify({ id: number(), name: `${word()} ${word()}`, price: number() / 100, tags: [word(), word()], note: `${word()} of ${word()}` })}\n`;

const settings: Kind['piece'] = (word, number) =>
  `${word()}-${number()}:\n  enabled: true\n  ${word()}: ${number()}\n  owner: ${word()}\n`;

const kinds: readonly Kind[] = [
  { folder: 'src/services', ending: 'js', piece: service },
  { folder: 'docs', ending: 'md', piece: prose },
  { folder: 'src/models', ending: 'ts', piece: typed },
  { folder: 'data', ending: 'json', piece: record },
  { folder: 'web/components', ending: 'jsx', piece: component },
  { folder: 'src/jobs', ending: 'js', piece: service },
  { folder: 'config', ending: 'yml', piece: settings },
  { folder: 'src/domain', ending: 'ts', piece: typed },
  { folder: 'notes', ending: 'txt', piece: prose },
  { folder: 'src/queries', ending: 'mjs', piece: service },
];

const manifest = {
  name: 'bench',
  private: true,
  scripts: { start: 'node src/server.js' },
  dependencies: { express: '^4.21.0', react: '^18.0.0' },
};

const server = `const express = require('express');
const app = express();
app.use(express.json());
app.get('/items', (request, response) => response.json([]));
app.post('/items', (request, response) => response.status(201).json(request.body));
app.listen(process.env.PORT || 3000);
`;

const words =
  'account address amount article basket batch booking branch budget cargo carrier catalog channel client colour comment contact contract country coupon customer delivery deposit device discount document driver email employee entry event feature field filter folder group guest image index invoice item journey label language ledger level limit line list location market member message meter method model module month notice number offer office option order owner page parcel partner payment period person picture place plan point policy price product profile project quantity question queue rate reason receipt record refund region report request reserve result review route row sample scale schedule season section seller series service session shelf shipment shop signal size source stage state station status stock store street student subject supplier survey system table target task team ticket title topic total track transfer trip unit user value vehicle version visit voucher warehouse week weight worker year zone'.split(
    ' ',
  );

function upper(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1);
}

function write(folder: string, path: string, text: string): void {
  mkdirSync(dirname(join(folder, path)), { recursive: true });
  writeFileSync(join(folder, path), text);
}

/** A fixed disorder (mulberry32). */
function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
