import type { CommandLine } from '../answers/parse.ts';
import type { ExitCode } from '../errors.ts';
import { ruleCalled } from '../flow/select.ts';
import { explained, explainedAsJson, listed, listedAsJson } from '../reporters/explain.ts';
import type { Rule } from '../rules/rule.ts';
import { allRules } from './all-rules.ts';
import { shippedExamples } from '../world/rule-examples.ts';
import type { Session } from './session.ts';

/** Explains one rule, or lists all or those of a group. */
export function runExplain({ words: [name] }: CommandLine, session: Session): Promise<ExitCode> {
  const group = allRules().filter(({ id }) => name === undefined || id.startsWith(`${name}/`));
  session.terminal.print(group.length > 0 ? list(group, session) : one(name ?? '', session));
  return Promise.resolve<ExitCode>(0);
}

function list(group: readonly Rule[], { json, terminal }: Session): string {
  return json ? listedAsJson(group) : listed(group, terminal);
}

function one(name: string, { json, terminal, version }: Session): string {
  const rule = ruleCalled(name, allRules());
  const examples = shippedExamples(rule.id);
  return json ? explainedAsJson(rule, examples) : explained(rule, examples, terminal, version);
}
