import { groupTitle } from '../../flow/danger.ts';
import type { Rule, RuleStage } from '../../rules/rule.ts';

const since: Readonly<Record<RuleStage, string>> = {
  prototype: 'has to hold from the first day',
  production: 'has to hold before production',
  advisory: 'is advice and blocks nothing',
};

/** One part of what there is to say about a rule. */
export interface Section {
  readonly title: string;
  readonly text: string;
  /** Lines to copy. */
  readonly code?: string;
}

/** How much a rule counts, in one line. */
export function standingOf({ id, weight, stage, measured }: Rule): string {
  const sure = measured
    ? ''
    : '; its findings are shown for a look and block nothing until their precision is measured';
  return `${groupTitle(id.slice(0, id.indexOf('/')))} · ${weight} · ${since[stage]}${sure}`;
}

/** Everything that a rule says of itself. */
export function sectionsOf(rule: Rule): readonly Section[] {
  return [
    { title: 'Why', text: rule.why },
    { title: 'How it is found', text: rule.finds },
    { title: 'What it does not see', text: rule.blind },
    { title: 'How to mend it', text: rule.fix },
    {
      title: 'How to waive it',
      text: 'Somebody answers for it until a day, in the list `waivers` of shipshape.json:',
      code: waiverExample(rule),
    },
    { title: 'References', text: rule.references.join(', ') },
  ].filter(({ text }) => text !== '');
}

/** A waiver to fill in. */
export function waiverExample({ id }: Pick<Rule, 'id'>): string {
  const waiver = { rule: id, place: '<file, or * for all>', reason: '<why it may stay>', owner: '@<person>' };
  return JSON.stringify({ waivers: [{ ...waiver, until: '<YYYY-MM-DD>' }] }, null, 2);
}

/** The explanation of a rule without its examples. */
export function explanationOf(rule: Rule, form: 'text' | 'markdown'): string {
  return [rule.title, ...sectionsOf(rule).map((section) => told(section, form))].join('\n\n');
}

function told({ title, text, code }: Section, form: 'text' | 'markdown'): string {
  const heading = form === 'markdown' ? `**${title}.** ` : `${title}: `;
  if (code === undefined) return heading + text;
  return form === 'markdown' ? `${heading}${text}\n\n\`\`\`json\n${code}\n\`\`\`` : `${heading}${text}\n${code}`;
}
