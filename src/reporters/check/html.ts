import { createHash } from 'node:crypto';
import type { Report, ReportedFinding } from '../../flow/report.ts';
import { beforeAfterChart, groupChart } from './html/charts.ts';
import { controlSection, groupSection, unknownSection } from './html/findings.ts';
import { markup, prose, type Markup } from './html/markup.ts';
import { style } from './html/style.ts';
import { outlineOf, stageInWords } from './outline.ts';
import type { Telling } from './telling.ts';

/** One page for the person who decides. It asks nothing of the network, runs no script, and reads well on a phone and on paper. */
export function tellAsHtml(report: Report, { rules }: Telling): string {
  const groups = outlineOf(report);
  const sections = groups.map((group) => groupSection(group, rules)).filter((section) => section !== undefined);
  const page = markup`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta http-equiv="Content-Security-Policy" content="${policy}" />
        <meta name="referrer" content="no-referrer" />
        <meta name="robots" content="noindex" />
        <title>${report.repository}: may this go live?</title>
        <style>${{ html: style }}</style>
      </head>
      <body>
        <main>
          ${header(report)} ${verdict(report)} ${tiles(report)} ${controlSection(report)} ${comparison(report)}
          <h2>What holds and what does not</h2>
          ${groupChart(groups)}
          ${
            sections.length > 0 &&
            markup`<h2>What was found</h2>
              ${sections}`
          }
          ${unknownSection(report)} ${footer(report)}
        </main>
      </body>
    </html>`;
  return page.html;
}

/** Nothing is loaded and nothing runs; only this one style is applied. */
const policy = `default-src 'none'; style-src 'sha256-${createHash('sha256').update(style).digest('base64')}'; base-uri 'none'; form-action 'none'`;

function header({ repository, about, commit, stage, date }: Report): Markup {
  const facts = [
    `checked on ${date} ${stageInWords[stage]}`,
    commit !== undefined && `commit ${commit.slice(0, 12)}`,
    ...about.map(({ text }) => text),
  ];
  return markup`<header>
    <h1>${repository}</h1>
    <p class="soft">${facts.filter((fact) => fact !== false).join(' · ')}</p>
  </header>`;
}

function verdict({ conclusion, change, changedSince, stage }: Report): Markup {
  const { answer, sentences, next } = conclusion;
  const question = change
    ? `Did it get worse since ${change.since}?`
    : changedSince === undefined
      ? 'May this go live?'
      : `May what changed since ${changedSince} go live?`;
  const words = change
    ? { no: 'Yes.', yes: 'No.', 'not-known': 'Not known.' }
    : { no: 'No.', yes: stage === 'prototype' ? 'As a prototype, yes.' : 'Yes.', 'not-known': 'Not known.' };
  return markup`<section class="verdict ${answer}">
    <p class="question">${question}</p>
    <p class="answer">${words[answer]}</p>
    <ul>
      ${sentences.map((sentence) => markup`<li>${prose(sentence)}</li>`)}
    </ul>
    ${next !== undefined && markup`<p class="next">Start here: <code>${next}</code></p>`}
  </section>`;
}

function tiles({ findings, conclusion }: Report): Markup {
  const { blocking, counts } = conclusion;
  const count = (holds: (finding: ReportedFinding) => boolean): number =>
    findings.filter((finding) => finding.verdict === 'fail' && holds(finding)).length;
  const rows: readonly (readonly [number, string, string])[] = [
    [blocking, 'in the way', 'bad'],
    [
      count(({ blocks, confidence, known }) => !blocks && !known && confidence !== 'review'),
      'before production',
      'look',
    ],
    [count(({ confidence, known }) => !known && confidence === 'review'), 'to have a look at', 'maybe'],
    [count(({ known }) => known), 'known before', 'unsure'],
    [counts.unknown, 'could not be told', 'unsure'],
    [counts.waived, 'waived', 'waived'],
    [counts.pass + counts.elsewhere, 'kept', 'good'],
  ];
  const always = new Set(['in the way', 'could not be told', 'kept']);
  return markup`<ul class="tiles">
    ${rows.filter(([number, name]) => number > 0 || always.has(name)).map(([number, name, color]) => markup`<li><b class="${number > 0 ? color : ''}">${number}</b><span>${name}</span></li>`)}
  </ul>`;
}

/** Before and after, where something is known of before. */
function comparison({ baseline, change, findings }: Report): Markup | undefined {
  if (change)
    return markup`<h2>Before and after</h2>
      <p>Since ${change.since}: ${change.mended} mended.</p>
      ${beforeAfterChart(change.before, change.after)}`;
  if (!baseline) return undefined;
  const now: Record<string, number> = {};
  for (const { rule, verdict: told } of findings) if (told === 'fail') now[rule] = (now[rule] ?? 0) + 1;
  return markup`<h2>Before and after</h2>
    <p>
      Since the baseline of ${baseline.written}: ${baseline.fresh} new, ${baseline.known} known, ${baseline.gone} gone.
    </p>
    ${beforeAfterChart(baseline.before, now)}`;
}

function footer({ version, files, rules }: Report): Markup {
  return markup`<footer class="soft">
    <p>
      create-shipshape ${version} read ${files} files and asked ${rules.length} rules. It ran none of the code, and it
      sees only what stands in the files: that it finds nothing is no proof that there is nothing.
    </p>
  </footer>`;
}
