import type { Report } from '../../flow/report.ts';
import { placeText } from '../../repository/place.ts';
import type { Terminal } from '../../world/terminal.ts';

/** The report for a person at a terminal. */
export function tellAsText(report: Report, { colors }: Terminal, all: boolean): string {
  const shown = report.findings.filter(({ verdict }) => all || verdict === 'fail');
  return shown
    .map(({ rule, verdict, message, where, evidence }) =>
      [
        `${verdict === 'fail' ? colors.red(verdict) : verdict}  ${rule}  ${message}`,
        where && `      ${placeText(where)}`,
        evidence && `      ${evidence}`,
      ]
        .filter(Boolean)
        .join('\n'),
    )
    .join('\n');
}
