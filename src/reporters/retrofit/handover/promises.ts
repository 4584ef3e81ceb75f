import { shown } from '../../../flow/shown.ts';
import { markup, prose, type Markup } from '../../check/html/markup.ts';
import { changesByGroup, turnInWords, turnOf, type RuleChange, type Turn } from '../outcome-outline.ts';
import { cell } from './cell.ts';
import type { OutcomeTelling } from '../telling.ts';

const badges: Readonly<Record<Turn, readonly [color: string, words: string]>> = {
  kept: ['good', 'kept now'],
  better: ['look', 'better'],
  same: ['bad', 'broken'],
  worse: ['bad', 'worse'],
  'not-known': ['unsure', 'not known'],
};

/** Promises that were broken or are, before and after. */
export function promiseSection({ before, after }: OutcomeTelling): Markup | undefined {
  const groups = changesByGroup(before, after);
  if (groups.length === 0) return undefined;
  return markup`<section aria-labelledby="promises">
    <h2 id="promises">Before and after</h2>
    <div class="scroll">
      <table class="cards">
        <thead>
          <tr>
            <th scope="col">Promise</th>
            <th scope="col">Places where it was and is broken</th>
            <th scope="col">Now</th>
          </tr>
        </thead>
        ${groups.map(
          ({ title, rules }) =>
            markup`<tbody>
              <tr class="group">
                <th scope="rowgroup" colspan="3">${title}</th>
              </tr>
              ${rules.map(ruleRow)}
            </tbody>`,
        )}
      </table>
    </div>
  </section>`;
}

function ruleRow(change: RuleChange): Markup {
  const [color, words] = badges[turnOf(change)];
  return markup`<tr>
    <th scope="row">${prose(shown(change.title))} <span class="soft">${change.rule}</span></th>
    ${cell('Places', turnInWords(change))}
    ${cell('Now', markup`<span class="badge ${color}">${words}</span>`)}
  </tr>`;
}
