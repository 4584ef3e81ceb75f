import type { Report, ReportedFinding } from '../../../flow/report.ts';
import { placeText } from '../../../repository/place.ts';
import type { Rule } from '../../../rules/rule.ts';
import type { GroupOutline, RuleOutline } from '../outline.ts';
import { markup, prose, type Markup } from './markup.ts';

/** A page with thousands of places opens on no phone. */
const placesShown = 100;

/** The findings of a group, a fold for each rule; what blocks stands open. */
export function groupSection(group: GroupOutline, rules: readonly Rule[]): Markup | undefined {
  const told = group.rules.filter(({ verdict }) => verdict === 'fail' || verdict === 'waived');
  if (told.length === 0) return undefined;
  return markup`<h3>${group.title}</h3>
    ${told.map((outline) =>
      ruleFold(
        outline,
        rules.find(({ id }) => id === outline.id),
      ),
    )}`;
}

function ruleFold(outline: RuleOutline, rule: Rule | undefined): Markup {
  const { id, failures, findings, blocks, title } = outline;
  const waived = findings.filter(({ verdict }) => verdict === 'waived');
  const [worst] = failures;
  const more = failures.length - placesShown;
  return markup`<details${blocks ? markup` open` : ''}>
<summary>${badge(outline)} <strong>${prose(worst?.message ?? waived[0]?.message ?? title)}</strong>${failures.length > 1 ? ` and ${failures.length - 1} more` : ''}<br><span class="rule">${id}: ${prose(title)}</span></summary>
<div>
${rule && markup`<p>${prose(rule.why)}</p>`}
<ul class="places">${failures.slice(0, placesShown).map((finding) => placeItem(finding, failures.length > 1))}${waived.map(waivedItem)}</ul>
${more > 0 && markup`<p class="soft">and ${more} more</p>`}
${worst?.remedy !== undefined && markup`<p class="mend"><b>To mend it:</b> ${prose(worst.remedy)}</p>`}
${rule && rule.references.length > 0 && markup`<p class="soft">${rule.references.join(' · ')}</p>`}
</div></details>`;
}

function badge({ blocks, failures }: RuleOutline): Markup {
  const [worst] = failures;
  if (!worst) return markup`<span class="badge waived">waived</span>`;
  if (blocks)
    return markup`<span class="badge bad">${worst.weight === 'blocker' ? 'must be mended' : 'in the way'}</span>`;
  if (worst.known) return markup`<span class="badge unsure">known</span>`;
  if (worst.confidence === 'review') return markup`<span class="badge maybe">have a look</span>`;
  return markup`<span class="badge look">${worst.ruleStage === 'production' ? 'before production' : 'advice'}</span>`;
}

function placeItem({ message, where, evidence, searched, known }: ReportedFinding, several: boolean): Markup {
  const parts = [
    several && prose(message),
    where && where.path !== '.' && markup`<code>${placeText(where)}</code>`,
    known && markup`<span class="soft">(known)</span>`,
    evidence !== undefined && markup`<code class="proof">${evidence}</code>`,
    searched && searched.length > 0 && markup`<span class="soft">Looked in ${searched.join(', ')}: nothing.</span>`,
  ];
  return markup`<li>${parts.map((part) => part && markup`${part} `)}</li>`;
}

function waivedItem({ message, where, waiver }: ReportedFinding): Markup {
  const place = where && markup` <code>${placeText(where)}</code>`;
  const by = waiver && ` waived by ${waiver.owner} until ${waiver.until}: ${waiver.reason}`;
  return markup`<li>${prose(message)}${place}<span class="soft">${by}</span></li>`;
}

/** Safeguards that the change takes away. */
export function controlSection({ findings }: Report): Markup | undefined {
  const removed = findings.filter(({ control, verdict }) => control !== undefined && verdict === 'fail');
  if (removed.length === 0) return undefined;
  return markup`<h2 class="bad">Control removed</h2>
    <ul class="places">
      ${removed.map((finding) => placeItem(finding, true))}
    </ul>`;
}

/** What could not be told and what was not read. */
export function unknownSection({ findings, notRead, unusedWaivers }: Report): Markup | undefined {
  const unknown = findings.filter(({ verdict }) => verdict === 'unknown');
  if (unknown.length + notRead.length + unusedWaivers.length === 0) return undefined;
  return markup`<h2>What this page does not say</h2>
    ${fold(
      'Could not be told',
      unknown.map(
        ({ rule, message, where }) =>
          markup`<li>${prose(message)} <span class="soft">${rule}${where && ` · ${placeText(where)}`}</span></li>`,
      ),
    )}
    ${fold(
      'Was not read',
      notRead.map(({ path, why }) => markup`<li><code>${path}</code> <span class="soft">${why}</span></li>`),
    )}
    ${fold(
      'Waivers that nothing needs any more',
      unusedWaivers.map(({ rule, place }) => markup`<li>${rule} <code>${place}</code></li>`),
    )}`;
}

function fold(title: string, items: readonly Markup[]): Markup | undefined {
  if (items.length === 0) return undefined;
  return markup`<details>
    <summary>${title}: ${items.length}</summary>
    <div>
      <ul class="places">
        ${items.slice(0, placesShown)}
      </ul>
      ${items.length > placesShown && markup`<p class="soft">and ${items.length - placesShown} more</p>`}
    </div>
  </details>`;
}
