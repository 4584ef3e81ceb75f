import type { Module } from '../code/module.ts';
import { codeSightings } from './code-literals.ts';
import type { Sighting } from './finding.ts';
import { cellsOf } from './notebook.ts';
import { connectionSightings } from './patterns/connections.ts';
import { formSightings } from './patterns/forms.ts';
import { jwtSightings } from './patterns/jwt.ts';
import { privateKeySightings } from './patterns/private-keys.ts';
import { tokenSightings, tokenStretches } from './patterns/token-sightings.ts';
import { presetSightings } from './preset.ts';
import type { TextKind } from './settings.ts';
import { sqlSightings } from './sql.ts';
import { most, textSightings } from './text-literals.ts';
import { mayHoldLiteral } from './worth-parsing.ts';

export interface Scan {
  readonly path: string;
  readonly text: string;
  readonly kind: TextKind;
  /** `tokens`: only credentials that carry the name of their issuer. */
  readonly layers: 'all' | 'tokens';
  /** The syntax tree, asked for only when the text makes it likely that something will be found. */
  readonly module?: () => Module | undefined;
}

/** Every credential in one text, each place once, in the order of the text. */
export async function scanText(scan: Scan): Promise<Sighting[]> {
  if (scan.kind.writing === 'notebook') return scanNotebook(scan);
  const { path, text, layers, kind } = scan;
  const inProse = kind.setting === 'sample';
  const stretches = tokenStretches(text);
  const found = [
    ...(await presetSightings(path, text, inProse, stretches.length > 0)),
    ...tokenSightings(text, inProse, stretches),
    ...privateKeySightings(text),
    ...jwtSightings(text, inProse || path.endsWith('.txt')),
  ];
  if (layers === 'all')
    found.push(...connectionSightings(text), ...formSightings(text), ...sqlSightings(text), ...namedSightings(scan));
  // A manual may show a hash; whose it is nobody can tell.
  return withoutOverlaps(inProse ? found.filter((one) => one.kind !== 'password hash') : found);
}

function namedSightings({ text, kind, module }: Scan): Sighting[] {
  if (kind.writing !== 'code') return textSightings(text, kind);
  if (!mayHoldLiteral(text)) return [];
  const tree = module?.();
  // What does not parse (a shell script called index.js) is read as text. Comments and code in strings are, with more caution.
  return tree
    ? [...codeSightings(tree), ...textSightings(text, { ...kind, setting: 'sample' })]
    : textSightings(text, { ...kind, setting: 'sample' });
}

/** The cells of a notebook are text in JSON: they are read as they were typed, and the places are those in the file. */
async function scanNotebook(scan: Scan): Promise<Sighting[]> {
  const cells = cellsOf(scan.text);
  if (!cells) return scanText({ ...scan, kind: { ...scan.kind, writing: 'json' } });
  const found = await scanText({ ...scan, text: cells.text, kind: { ...scan.kind, writing: 'foreign-code' } });
  return found.map((sighting) => ({
    ...sighting,
    start: cells.placeOf(sighting.start),
    end: cells.placeOf(sighting.end),
  }));
}

const order = { preset: 0, pattern: 1, name: 2 } as const;

/** Of two that cover the same text, the one that knows more stays. It takes over what the other one knows: the rest of the value, the name, the issuer. */
export function withoutOverlaps(found: readonly Sighting[]): Sighting[] {
  const kept: Sighting[] = [];
  // Of very many, those of the surest layers stay.
  for (const sighting of found.toSorted(
    (one, other) => order[one.layer] - order[other.layer] || one.start - other.start,
  )) {
    const at = kept.findIndex(({ start, end }) => sighting.start < end && start < sighting.end);
    const there = kept[at];
    if (there) kept[at] = joined(there, sighting);
    else if (kept.length < most) kept.push(sighting);
  }
  return kept.toSorted((one, other) => one.start - other.start);
}

function joined(one: Sighting, other: Sighting): Sighting {
  const isPart = other.layer !== 'name' && other.start <= one.start && other.end >= one.end;
  return {
    ...one,
    ...(isPart && { start: other.start, end: other.end, value: other.value }),
    ...(!one.provider && other.provider && { provider: other.provider, kind: other.kind }),
    ...(other.name && !one.name && { name: other.name }),
    ...(other.fallback && { fallback: true }),
  };
}
