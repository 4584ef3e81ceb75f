import { createHash } from 'node:crypto';
import { shown } from '../../flow/shown.ts';
import { markup, type Markup } from '../check/html/markup.ts';
import { style as reportStyle } from '../check/html/style.ts';
import { changeSection, undoSection } from './handover/changes.ts';
import { keySection, pointSection } from './handover/open.ts';
import { peopleSection } from './handover/people.ts';
import { promiseSection } from './handover/promises.ts';
import { proofSection } from './handover/proof.ts';
import { handoverStyle } from './handover/style.ts';
import { settingSection, signInSection } from './handover/supply.ts';
import { tiles, verdict } from './handover/verdict.ts';
import type { OutcomeTelling } from './telling.ts';
import { veilOf } from './veil.ts';

const style = `${reportStyle}${handoverStyle}`;

/** Nothing is loaded and nothing runs; only this one style is applied. */
const policy = `default-src 'none'; style-src 'sha256-${createHash('sha256').update(style).digest('base64')}'; base-uri 'none'; form-action 'none'`;

/** One page for whoever has to approve the project: what was done, how it is known to work, what is open, what they have to supply. */
export function handoverPage(outcome: OutcomeTelling): string {
  const veil = veilOf(outcome.plan);
  const page = markup`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta http-equiv="Content-Security-Policy" content="${policy}" />
        <meta name="referrer" content="no-referrer" />
        <meta name="robots" content="noindex" />
        <title>${shown(outcome.project)}: handover</title>
        <style>${{ html: style }}</style>
      </head>
      <body>
        <a class="skip" href="#main">To the content</a>
        ${header(outcome)}
        <main id="main">
          ${verdict(outcome)} ${tiles(outcome)} ${keySection(outcome)} ${pointSection(outcome, veil)}
          ${proofSection(outcome)} ${signInSection(outcome, veil)} ${settingSection(outcome, veil)}
          ${peopleSection(outcome)} ${promiseSection(outcome)} ${changeSection(outcome, veil)}
          ${undoSection(outcome)}
        </main>
        ${footer(outcome)}
      </body>
    </html>`;
  return page.html;
}

function header({ project, date, before }: OutcomeTelling): Markup {
  const facts = before.about.map(({ text }) => shown(text));
  return markup`<header class="page">
    <p class="soft">Handover, ${date}</p>
    <h1>${shown(project)}</h1>
    <p class="soft">${facts.join(' · ')}</p>
  </header>`;
}

function footer({ version }: OutcomeTelling): Markup {
  return markup`<footer class="page soft">
    <p>
      Written by create-shipshape ${version}. What is called proven was seen when the project ran, before and after the
      change, in a throw-away copy without a way to the outside. Everything else was read in its files: that nothing was found there is no proof that there is nothing.
    </p>
  </footer>`;
}
