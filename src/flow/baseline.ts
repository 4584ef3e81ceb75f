import type { BaselineResult, Report, ReportedFinding } from './report.ts';

/** The findings that were there when somebody decided to begin: rule to fingerprints. Holds no text of the repository. */
export interface Baseline {
  readonly schema: 1;
  /** The version of create-shipshape that wrote it. */
  readonly version: string;
  /** YYYY-MM-DD. */
  readonly written: string;
  readonly findings: Readonly<Record<string, readonly string[]>>;
}

/** Where it stands in a repository. */
export const baselinePath = '.shipshape/baseline.json';

/** The failures of a report, to be known from now on. */
export function baselineOf({ findings, version }: Pick<Report, 'findings' | 'version'>, today: Date): Baseline {
  const byRule: Record<string, string[]> = {};
  for (const { rule, fingerprint, verdict } of findings)
    if (verdict === 'fail') (byRule[rule] ??= []).push(fingerprint);
  for (const fingerprints of Object.values(byRule)) fingerprints.sort();
  return { schema: 1, version, written: today.toISOString().slice(0, 10), findings: byRule };
}

/** Reads a baseline; undefined when the text is none. */
export function baselineFrom(text: string): Baseline | undefined {
  try {
    const json = JSON.parse(text) as Partial<Baseline> | null;
    const findings = json?.findings;
    if (json?.schema !== 1 || typeof findings !== 'object' || findings === null) return undefined;
    if (!Object.values(findings).every((list) => Array.isArray(list) && list.every((item) => typeof item === 'string')))
      return undefined;
    return { schema: 1, version: String(json.version), written: String(json.written), findings };
  } catch {
    return undefined;
  }
}

/** As a file: the same findings give the same bytes. */
export function baselineText(baseline: Baseline): string {
  return `${JSON.stringify(baseline, null, 2)}\n`;
}

/** Marks the findings that a baseline knows: they are told as ever, and fail no run. */
export function applyBaseline(
  findings: readonly ReportedFinding[],
  { findings: before, written }: Baseline,
): { readonly findings: readonly ReportedFinding[]; readonly baseline: BaselineResult } {
  const knows = new Set(Object.entries(before).flatMap(([rule, list]) => list.map((mark) => `${rule} ${mark}`)));
  const marked = findings.map((finding): ReportedFinding => {
    const known = finding.verdict === 'fail' && knows.has(`${finding.rule} ${finding.fingerprint}`);
    return known ? { ...finding, known } : finding;
  });
  const known = marked.filter((finding) => finding.known).length;
  const fresh = marked.filter((finding) => finding.verdict === 'fail' && !finding.known).length;
  const counts = Object.fromEntries(Object.entries(before).map(([rule, list]) => [rule, list.length]));
  return { findings: marked, baseline: { known, gone: knows.size - known, fresh, before: counts, written } };
}
