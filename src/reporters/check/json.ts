import type { Report } from '../../flow/report.ts';

/** The report for programs, in the versioned shape of schema/report.json. */
export function tellAsJson(report: Report): string {
  return JSON.stringify(report, null, 2);
}
