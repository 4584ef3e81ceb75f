import { shown } from '../../../flow/shown.ts';
import { markup, type Markup } from '../../check/html/markup.ts';
import type { OutcomeTelling } from '../telling.ts';

const dataInWords = {
  none: 'no data of anybody',
  internal: 'internal data',
  personal: 'personal data',
  sensitive: 'sensitive personal data',
} as const;

/** Who answers for it, until when, and for what kind of data. */
export function peopleSection({ answers }: OutcomeTelling): Markup {
  const { owner, secondOwner, onCall, data, expires, afterExpiry } = answers;
  const end = afterExpiry === 'closed' ? 'after that it closes' : 'after that it warns';
  const rows: readonly (readonly [string, string])[] = [
    ['Owner', owner],
    ['Second owner', secondOwner ?? 'nobody yet'],
    ['On call', onCall],
    ['Data', dataInWords[data]],
    ['Ends on', `${expires}, ${end}`],
  ];
  return markup`<section aria-labelledby="people">
    <h2 id="people">Who answers for it</h2>
    <dl>
      ${rows.map(
        ([name, value]) =>
          markup`<div>
            <dt>${name}</dt>
            <dd>${shown(value)}</dd>
          </div>`,
      )}
    </dl>
  </section>`;
}
