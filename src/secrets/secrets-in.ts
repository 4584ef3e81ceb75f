import { fact, type FileRole, type Repository } from '../repository/repository.ts';
import type { SecretFinding, Sighting } from './finding.ts';
import { isEnvFile } from './env-files.ts';
import { fingerprintOf } from './fingerprint.ts';
import { positionsIn } from './lines.ts';
import { maskSecrets } from './mask.ts';
import { masked } from './masked.ts';
import { rotateGuideOf } from './providers.ts';
import { scanText } from './scan.ts';
import { isTestFolder, layersFor, textKindOf } from './settings.ts';

/** Every credential in the texts of a repository, by path and place. Files that git leaves out on purpose are not looked at. */
export const secretsIn = fact(async (repository: Repository): Promise<readonly SecretFinding[]> => {
  const found: SecretFinding[] = [];
  const echoes: SecretFinding[] = [];
  for (const { path, role, tracked } of repository.files) {
    const layers = layersFor(path, role);
    // A .env file that git does not hold is where secrets belong.
    if (layers === 'none' || (!tracked && isEnvFile(path))) continue;
    const text = repository.read(path);
    if (text === undefined || text === '') continue;
    const sightings = await scanText({
      path,
      text,
      layers,
      kind: textKindOf(path),
      module: () => repository.module(path),
    });
    const findings =
      sightings.length > 0 ? findingsOf(path, text, sightings).map((finding) => inTest(finding, role)) : [];
    findings.forEach((finding, index) => (sightings[index]?.echo ? echoes : found).push(finding));
  }
  const seen = new Set(found.map(({ fingerprint }) => fingerprint));
  return [...found, ...echoes.filter(({ fingerprint }) => seen.has(fingerprint))];
});

/** Keys and tokens that a test makes for itself are usual: somebody has to look at them. */
function inTest(finding: SecretFinding, role: FileRole): SecretFinding {
  const isOwn = finding.provider === 'private-key' || finding.provider === 'jwt';
  return (role === 'test' || role === 'fixture' || isTestFolder(finding.place.path)) && isOwn
    ? { ...finding, confidence: 'review' }
    : finding;
}

/** Sightings in one text, told without their values. */
export function findingsOf(path: string, text: string, sightings: readonly Sighting[]): SecretFinding[] {
  const positionOf = positionsIn(text);
  return sightings.map((sighting) => {
    const { start, end: _, value, echo: __, ...rest } = sighting;
    return {
      ...rest,
      place: { path, ...positionOf(start) },
      rotate: rotateGuideOf(sighting.provider),
      masked: masked(value),
      evidence: evidenceOf(text, start, sightings),
      fingerprint: fingerprintOf(value),
    };
  });
}

/** The line, with every secret in it masked, and cut to what fits on a screen. */
function evidenceOf(text: string, at: number, sightings: readonly Sighting[]): string {
  const lineStart = Math.max(text.lastIndexOf('\n', at - 1) + 1, at - 120);
  const newline = text.indexOf('\n', at);
  const lineEnd = Math.min(newline === -1 ? text.length : newline, at + 4000);
  let line = '';
  let done = lineStart;
  for (const { start, end, value } of sightings) {
    if (end <= done || start >= lineEnd) continue;
    line += text.slice(done, Math.max(done, start)) + (start < lineStart ? '…' : masked(value));
    done = end;
  }
  if (done < lineEnd) line += text.slice(done, lineEnd);
  // A comment behind a hash tells the password now and then.
  const told = maskSecrets(line).replace(/(?<=…['"`]?[\s,;)\]}]{0,8})(?:\/\/|#|--|\/\*).*$/, '');
  return withoutPieces(told, sightings).trim().slice(0, 200);
}

/** The last guard: no piece of a value that was found in this file is left, wherever it comes from. */
function withoutPieces(line: string, sightings: readonly Sighting[]): string {
  let shown = line;
  for (const { value } of sightings) {
    const length = Math.min(6, value.length);
    if (length < 4) continue;
    for (let index = 0; index + length <= value.length; index++) {
      const piece = value.slice(index, index + length);
      // Plain words also stand in the name: `secret: 'secret words'`.
      if (!/^[a-z ]+$/.test(piece) && shown.includes(piece)) shown = shown.replaceAll(piece, '…');
    }
  }
  return shown;
}
