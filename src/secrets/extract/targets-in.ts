import { offsetOf, type Module } from '../../code/module.ts';
import type { Place } from '../../repository/place.ts';
import type { SecretFinding, Sighting } from '../finding.ts';
import { positionsIn } from '../lines.ts';
import { scanText } from '../scan.ts';
import { textKindOf } from '../settings.ts';
import { targetOf, type Stays, type Target } from './target.ts';

/** The findings of one file with what they stand in. */
export async function targetsIn(
  module: Module,
  findings: readonly SecretFinding[],
): Promise<(Target | (Stays & { readonly where: Place }))[]> {
  const { path, text } = module;
  const positionOf = positionsIn(text);
  const sightings = await scanText({ path, text, kind: textKindOf(path), layers: 'all', module: () => module });
  return findings.map((finding) => {
    const { place } = finding;
    const seen = sightings.find(({ start }) => {
      const { line, column } = positionOf(start);
      return line === place.line && column === place.column;
    });
    const target = targetOf(module, place, seen ?? literalAt(module, finding), !seen);
    return 'why' in target ? { where: place, why: target.why } : target;
  });
}

/** What stands at a place that the search no longer sees as a secret: a stand-in, named by hand. */
function literalAt(module: Module, { place, kind, layer, confidence, provider, name }: SecretFinding): Sighting {
  const start = offsetOf(module, place);
  const quoted = /^(["'`])((?:(?!\1)[^\\\r\n])*)\1/.exec(module.text.slice(start - 1));
  const inner = quoted ?? /^(["'`])((?:(?!\1)[^\\\r\n])*)\1/.exec(module.text.slice(start));
  const from = quoted ? start : start + 1;
  const value = inner?.[2] ?? '';
  return {
    start: from,
    end: from + value.length,
    value,
    kind,
    layer,
    confidence,
    ...(provider && { provider }),
    ...(name && { name }),
  };
}
