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
      text: `Somebody answers for it, in \`waivers\` of shipshape.json, until a day: ${waiverExample(rule)}`,
    },
    { title: 'References', text: rule.references.join(', ') },
  ].filter(({ text }) => text !== '');
}

/** A waiver to fill in. */
export function waiverExample({ id }: Pick<Rule, 'id'>): string {
  return `{ "rule": "${id}", "place": "<file or *>", "reason": "<why it may stay>", "owner": "@<person>", "until": "<YYYY-MM-DD>" }`;
}

/** The explanation of a rule without its examples. */
export function explanationOf(rule: Rule, form: 'text' | 'markdown'): string {
  const heading = (title: string): string => (form === 'markdown' ? `**${title}.** ` : `${title}: `);
  return [rule.title, ...sectionsOf(rule).map(({ title, text }) => heading(title) + text)].join('\n\n');
}
