import { markup, prose, type Markup } from '../../check/html/markup.ts';
import { keysTold } from '../keys-told.ts';
import { asSentence, cell } from './cell.ts';
import { openPoints } from '../outcome-outline.ts';
import type { OutcomeTelling } from '../telling.ts';
import type { Veil } from '../veil.ts';

/** A page with thousands of places opens on no phone. */
const placesShown = 5;

/** Credentials that stood in the code: taking them out does not take them back. */
export function keySection(outcome: OutcomeTelling): Markup | undefined {
  const keys = keysTold(outcome.keys);
  if (keys.length === 0) return undefined;
  return markup`<section aria-labelledby="keys">
    <h2 id="keys" class="bad">Keys and passwords to change</h2>
    <p>
      They stood in the code. Whoever has ever seen it has them, and taking them out of the code does not change that.
    </p>
    <div class="scroll">
      <table class="cards">
        <thead>
          <tr>
            <th scope="col">What</th>
            <th scope="col">What to do</th>
            <th scope="col">Where it stood</th>
          </tr>
        </thead>
        <tbody>
          ${keys.map(
            ({ what, rotate, places }) =>
              markup`<tr>
                <th scope="row">${what}</th>
                ${cell('How', withLinks(rotate))}
                ${cell('Where', placesOf(places))}
              </tr>`,
          )}
        </tbody>
      </table>
    </div>
  </section>`;
}

function placesOf(places: readonly string[]): Markup {
  const more = places.length - placesShown;
  const told = places.slice(0, placesShown).map((place) => markup`<code>${place}</code> `);
  return markup`${told}${more > 0 && `and ${more} more`}`;
}

/** Addresses can be clicked. */
function withLinks(text: string): Markup {
  const parts = text.split(/(https:\/\/[^\s<>"']+[\w/])/);
  return markup`${parts.map((part, index) =>
    index % 2 === 1 ? markup`<a href="${part}" rel="noreferrer">${part}</a>` : markup`${part}`,
  )}`;
}

/** What a person has to do or to decide. */
export function pointSection(outcome: OutcomeTelling, veil: Veil): Markup {
  const points = openPoints(outcome);
  if (points.length === 0)
    return markup`<section aria-labelledby="open">
      <h2 id="open">Open points</h2>
      <p>None that could be seen.</p>
    </section>`;
  return markup`<section aria-labelledby="open">
    <h2 id="open">Open points</h2>
    <ol class="points">
      ${points.map(
        ({ what, where, lines }) =>
          markup`<li>
            ${prose(asSentence(veil.sentence(what)))} ${where !== '' && markup`<code>${veil.sentence(where)}</code>`}
            ${lines.length > 0 && pasted(lines, veil)}
          </li>`,
      )}
    </ol>
  </section>`;
}

function pasted(lines: readonly string[], veil: Veil): Markup {
  const text = lines.flatMap((line) => line.split('\n').map((one) => veil.line(one.replaceAll('\t', '  '))));
  return markup`<pre tabindex="0" aria-label="Lines to paste">${text.join('\n')}</pre>`;
}
