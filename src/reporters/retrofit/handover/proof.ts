import { shown } from '../../../flow/shown.ts';
import type { Proof, RouteProof } from '../../../retrofit/proof.ts';
import { markup, prose, type Markup } from '../../check/html/markup.ts';
import { promiseOf } from '../outline.ts';
import { ownInWords, spanInWords } from '../proof-text.ts';
import { byNeed, keyInWords, routesInWords, shortAnswer, verdictInWords } from '../proof-outline.ts';
import type { OutcomeTelling } from '../telling.ts';
import { cell, routeCode } from './cell.ts';
import { callersInWords, callersOf } from './callers.ts';

/** Whether it still works: what each route answered before, what it answers now, to whom. */
export function proofSection({ proof, answers }: OutcomeTelling): Markup {
  if (!proof)
    return markup`<section aria-labelledby="proof">
      <h2 id="proof">Does it still work?</h2>
      <p>Nothing was run, so that is not known.</p>
      ${answers.access.size > 0 && accessTable([...answers.access])}
    </section>`;
  return markup`<section aria-labelledby="proof">
    <h2 id="proof">Does it still work?</h2>
    <p>${routesInWords(proof)}</p>
    ${proof.routes.length > 0 && routeTable(proof.routes, answers.access)} ${ownList(proof)} ${dropped(proof)}
    ${calls(proof)}
  </section>`;
}

function routeTable(routes: readonly RouteProof[], access: ReadonlyMap<string, string>): Markup {
  return markup`<div class="scroll">
    <table class="cards">
      <thead>
        <tr>
          <th scope="col">Route</th>
          <th scope="col">Who may call it</th>
          <th scope="col">Before, anybody</th>
          <th scope="col">A stranger now</th>
          <th scope="col">Signed in now</th>
          <th scope="col">As before?</th>
        </tr>
      </thead>
      <tbody>
        ${byNeed(routes).map((route) => routeRow(route, access))}
      </tbody>
    </table>
  </div>
  ${notes(routes).map((note) => markup`<p class="soft">${note}</p>`)}`;
}

/** What a reader of the table could take for more than it is. */
function notes(routes: readonly RouteProof[]): string[] {
  const reached = routes.some(({ before, signedIn }) => /was reached/.test(before + signedIn));
  const unproven = routes.some(({ verdict }) => verdict !== 'same');
  return [
    ...(reached
      ? ['Reached: it changes something, so it was only seen that the request comes through to its code.']
      : []),
    ...(unproven ? ['What is not proven does not count as the same: it has to be tried by hand.'] : []),
  ];
}

const colors = { same: 'good', worse: 'bad', 'not-proven': 'look' } as const;

function routeRow(route: RouteProof, access: ReadonlyMap<string, string>): Markup {
  const { key, verdict, why, before, stranger, signedIn } = route;
  return markup`<tr>
    <th scope="row">${routeCode(keyInWords(key))}</th>
    ${cell('Who', callersOf(route, access))} ${cell('Before', shown(shortAnswer(before)))}
    ${cell('Stranger', shown(shortAnswer(stranger)))} ${cell('Signed in', shown(shortAnswer(signedIn)))}
    ${cell(
      'As before?',
      markup`<span class="badge ${colors[verdict]}">${verdictInWords(verdict)}</span>${
        why !== '' && markup`<span class="soft">${shown(why)}</span>`
      }`,
    )}
  </tr>`;
}

function accessTable(access: readonly (readonly [string, string])[]): Markup {
  return markup`<div class="scroll">
    <table class="cards">
      <thead>
        <tr>
          <th scope="col">Route</th>
          <th scope="col">Who may call it</th>
        </tr>
      </thead>
      <tbody>
        ${access.map(
          ([key, rule]) =>
            markup`<tr>
              <th scope="row">${routeCode(shown(key))}</th>
              ${cell('Who', callersInWords(rule))}
            </tr>`,
        )}
      </tbody>
    </table>
  </div>`;
}

function ownList({ own, span }: Proof): Markup | undefined {
  const told = [...own.map(ownInWords), ...(span ? [spanInWords(span)] : [])];
  if (told.length === 0) return undefined;
  return markup`<h3>What else was run</h3>
    <ul>
      ${told.map((text) => markup`<li>${prose(text)}</li>`)}
    </ul>`;
}

function dropped({ dropped: all }: Proof): Markup | undefined {
  if (all.length === 0) return undefined;
  return markup`<h3>Left out, because something got worse with it</h3>
    <ul>
      ${all.map(
        ({ by, why }) => markup`<li><b>${by}</b>: ${shown(why)}<br /><span class="soft">${promiseOf(by)}</span></li>`,
      )}
    </ul>`;
}

function calls({ refusedCalls }: Proof): Markup | undefined {
  if (refusedCalls.length === 0) return undefined;
  return markup`<h3>Servers it calls</h3>
    <p>It tried to reach these while it was tried out, and was not let. In production it needs a way to them.</p>
    <p>${refusedCalls.map((host) => markup`<code>${shown(host)}</code> `)}</p>`;
}
