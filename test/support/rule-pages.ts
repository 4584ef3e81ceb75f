import { format } from 'prettier';
import { ruleIndex, rulePage } from '../../src/reporters/rule-page.ts';
import { rules } from '../../src/rules/registry.ts';
import { examplesInCheckout } from '../../src/world/rule-examples.ts';

/** Every page of docs/rules, by path. */
export async function rulePages(): Promise<ReadonlyMap<string, string>> {
  const pages = [
    ['docs/rules/README.md', ruleIndex(rules)],
    ...rules.map((rule) => [`docs/rules/${rule.id}.md`, rulePage(rule, examplesInCheckout(rule.id))]),
  ] as [string, string][];
  const formatted = pages.map(async ([path, text]): Promise<[string, string]> => [
    path,
    await format(text, { parser: 'markdown', singleQuote: true, printWidth: 120 }),
  ]);
  return new Map(await Promise.all(formatted));
}
