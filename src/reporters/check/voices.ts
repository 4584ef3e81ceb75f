import type { Format } from '../../commands/check-flags.ts';
import type { Report } from '../../flow/report.ts';
import { tellAsAnnotations } from './github.ts';
import { tellAsHtml } from './html.ts';
import { tellAsJson } from './json.ts';
import { tellAsMarkdown } from './markdown.ts';
import { tellAsPrompts } from './prompt.ts';
import { tellAsSarif } from './sarif.ts';
import type { Telling } from './telling.ts';
import { tellAsText } from './text.ts';

/** Every form in which a report can be told. */
export const voices: Readonly<Record<Format, (report: Report, telling: Telling) => string>> = {
  text: (report, { look, all }) => tellAsText(report, look, all),
  json: tellAsJson,
  sarif: tellAsSarif,
  markdown: tellAsMarkdown,
  github: tellAsAnnotations,
  prompt: tellAsPrompts,
  html: tellAsHtml,
};
