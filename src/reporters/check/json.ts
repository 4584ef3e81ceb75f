import type { Report } from '../../flow/report.ts';

/** The report for programs, in the versioned shape of schema/report.v1.json. */
export function tellAsJson(report: Report): string {
  return JSON.stringify({ $schema: schemaOf(report), ...report }, null, 2);
}

/** Where the shape is written down. */
function schemaOf({ schema }: Report): string {
  return `https://unpkg.com/create-shipshape/schema/report.v${schema}.json`;
}
