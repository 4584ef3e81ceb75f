import { counted } from '../../../flow/conclusion.ts';
import { shown } from '../../../flow/shown.ts';
import { markup, prose, type Markup } from '../../check/html/markup.ts';
import { keysInWords, keysTold } from '../keys-told.ts';
import { changesByGroup, openPoints, ruleCounts } from '../outcome-outline.ts';
import { routeCounts, routesInWords } from '../proof-outline.ts';
import { isOpen } from './callers.ts';
import type { OutcomeTelling } from '../telling.ts';

/** May it go live, as far as can be told, and what has to happen first. */
export function verdict(outcome: OutcomeTelling): Markup {
  const { after, proof, answers } = outcome;
  const keys = keysTold(outcome.keys);
  const { mended, broken, fresh } = ruleCounts(changesByGroup(outcome.before, after));
  const worse = routeCounts(proof?.routes ?? []).worse;
  const stops = [
    keys.length > 0 &&
      `${keysInWords(keys)} that stood in the code ${keys.length === 1 ? 'has' : 'have'} to be changed.`,
    worse > 0 && `${counted(worse, 'route answers', 'routes answer')} worse than before.`,
    answers.authMode === 'report' && 'Strangers are not refused yet, only logged.',
  ].filter((stop) => stop !== false);
  const is = stops.length > 0 ? 'no' : after.conclusion.answer;
  const words = {
    no: 'Not yet.',
    yes: after.stage === 'prototype' ? 'As a prototype, yes.' : 'Yes.',
    'not-known': 'Not known.',
  };
  const known = [
    broken > 0 &&
      `${mended} of ${counted(broken, 'promise that was broken is', 'promises that were broken are')} kept now.`,
    fresh > 0 &&
      `${counted(fresh, 'promise is', 'promises are')} broken that ${fresh === 1 ? 'was' : 'were'} not before.`,
    proof ? shown(routesInWords(proof)) : 'Nothing was run: that it still works is not proven.',
  ];
  return markup`<section class="verdict ${is}" aria-label="The answer">
    <h2 class="question">May this go live?</h2>
    <p class="answer">${words[is]}</p>
    <ul>
      ${[...stops, ...after.conclusion.sentences.map(shown)].map((fact) => markup`<li>${prose(fact)}</li>`)}
    </ul>
    <p class="soft">${known.filter((fact) => fact !== false).join(' ')}</p>
  </section>`;
}

/** The numbers that one asks for first. */
export function tiles(outcome: OutcomeTelling): Markup {
  const { proof, answers } = outcome;
  const { same } = routeCounts(proof?.routes ?? []);
  const { mended, broken } = ruleCounts(changesByGroup(outcome.before, outcome.after));
  const open = [...answers.access.values()].filter(isOpen).length;
  const all = proof?.routes.length ?? 0;
  const points = openPoints(outcome).length;
  const keys = keysTold(outcome.keys).length;
  const rows: readonly (readonly [string, string, string])[] = [
    [
      proof && all > 0 ? `${same} of ${all}` : 'none',
      'routes proven to work as before',
      all > 0 && same === all ? 'good' : 'look',
    ],
    [`${mended} of ${broken}`, 'broken promises kept now', mended === broken ? 'good' : 'look'],
    [`${open} of ${answers.access.size}`, 'addresses open to anybody', ''],
    [String(keys), 'keys and passwords to change', keys > 0 ? 'bad' : 'good'],
    [String(points), 'points left for a person', points > 0 ? 'look' : 'good'],
  ];
  return markup`<ul class="tiles">
    ${rows.map(([number, name, color]) => markup`<li><b class="${color}">${number}</b><span>${name}</span></li>`)}
  </ul>`;
}
