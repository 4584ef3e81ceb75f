import { counted } from '../../../flow/conclusion.ts';
import { shown } from '../../../flow/shown.ts';
import { placeText } from '../../../repository/place.ts';
import { markup, prose, type Markup } from '../../check/html/markup.ts';
import { groupsOf, type PlanGroup } from '../outline.ts';
import { addedPackages } from '../packages.ts';
import type { OutcomeTelling } from '../telling.ts';
import type { Veil } from '../veil.ts';

/** What was changed, guardrail by guardrail, with the reasons. */
export function changeSection({ plan }: OutcomeTelling, veil: Veil): Markup {
  const groups = groupsOf(plan).filter(({ changes }) => changes.length > 0);
  const packages = addedPackages(plan.steps);
  return markup`<section aria-labelledby="changes">
    <h2 id="changes">What was changed</h2>
    ${groups.map((group) => groupFold(group, veil))}
    <h3>Packages that were added</h3>
    ${
      packages.length === 0
        ? markup`<p>None.</p>`
        : markup`<p>
            ${packages.map((name) => markup`<code>${shown(name)}</code> `)}${packagesInWords(packages.length, plan.budget)}
          </p>`
    }
    ${keptList(plan.kept, veil)}
  </section>`;
}

function packagesInWords(added: number, { packages, megabytes }: OutcomeTelling['plan']['budget']): string {
  return `With what ${added === 1 ? 'it brings' : 'they bring'} along: ${counted(packages, 'package', 'packages')}, about ${megabytes} MB on disk.`;
}

function groupFold({ by, promise, changes }: PlanGroup, veil: Veil): Markup {
  const fresh = changes.filter(({ kind }) => kind === 'create').length;
  const edited = changes.filter(({ kind, ofNew }) => kind !== 'create' && !ofNew).length;
  const parts = [
    edited > 0 && counted(edited, 'file changed', 'files changed'),
    fresh > 0 && counted(fresh, 'new file', 'new files'),
  ];
  return markup`<details>
    <summary>
      <strong>${by}</strong> <span class="soft">${parts.filter((part) => part !== false).join(', ')}</span><br />
      <span class="rule">${promise}</span>
    </summary>
    <div>
      <ul class="places">
        ${changes
          .filter(({ ofNew }) => !ofNew)
          .map(
            ({ path, kind, why }) =>
              markup`<li>
              <code>${veil.sentence(path)}</code> <span class="soft">${kinds[kind]}</span><br />
              ${why.map((one) => markup`${prose(veil.sentence(one))} `)}
            </li>`,
          )}
      </ul>
    </div>
  </details>`;
}

const kinds = { create: 'new', edit: 'changed', remove: 'removed' } as const;

function keptList(kept: OutcomeTelling['plan']['kept'], veil: Veil): Markup | undefined {
  if (kept.length === 0) return undefined;
  return markup`<h3>What stays as it was</h3>
    <ul>
      ${kept.map(
        ({ what, where }) =>
          markup`<li>${prose(veil.sentence(what))} ${where && markup`<code>${veil.sentence(placeText(where))}</code>`}</li>`,
      )}
    </ul>`;
}

/** How to take it back. */
export function undoSection({ undo }: OutcomeTelling): Markup {
  return markup`<section aria-labelledby="undo">
    <h2 id="undo">How to take it back</h2>
    <p>
      <code>${shown(undo)}</code> gives every file its bytes back, and keeps what was edited since or says which lines
      to change by hand. <code>${shown(undo)} auth</code> takes one part out.
    </p>
  </section>`;
}
