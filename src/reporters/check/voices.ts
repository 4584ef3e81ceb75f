import type { Report } from '../../flow/report.ts';
import type { Rule } from '../../rules/rule.ts';
import type { Terminal } from '../../world/terminal.ts';
import { tellAsJson } from './json.ts';
import { tellAsText } from './text.ts';

/** What a voice may use beside the report. */
export interface Telling {
  readonly rules: readonly Rule[];
  readonly look: Pick<Terminal, 'colors' | 'width'>;
  /** Everything, not the worst alone. */
  readonly all: boolean;
}

type Voice = (report: Report, telling: Telling) => string;

/** Every form in which a report can be told. */
export const voices = {
  text: (report, { look, all }) => tellAsText(report, look, all),
  json: (report) => tellAsJson(report),
} as const satisfies Record<string, Voice>;
